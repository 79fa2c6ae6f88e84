# shellcheck shell=bash
# What the engine's tests reach, and what they don't think of. Sourced by ./dev.

dev_coverage() {
    local programs=(engine_test book_test engine_property_test book_property_test)
    need_packages "${build_packages[@]}"
    say "Building for coverage"
    configure coverage
    cmake --build build/coverage --target "${programs[@]}" -j "$(jobs_max)"
    find build/coverage -name '*.gcda' -delete
    ctest --test-dir build/coverage --output-on-failure -LE nightly -R "^($(IFS='|'; echo "${programs[*]}"))\$"
    /usr/bin/python3 tests/coverage.py build/coverage venue/engine 95
}

# What they found interesting stays in build/fuzz, and the next run begins there. Each has half of the time.
dev_fuzz() {
    local seconds=${1:-60}
    need_packages "${build_packages[@]}" "${fuzz_packages[@]}"
    build_preset fuzz engine_fuzz
    build_preset fuzz door_fuzz
    fuzz engine $((seconds / 2))
    fuzz door $((seconds / 2)) tests/fuzz/seeds
}

fuzz() {
    local name=$1 seconds=$2
    shift 2
    mkdir -p "build/fuzz/corpus/$name"
    build/fuzz/tests/fuzz/"${name}_fuzz" -max_total_time="$seconds" -max_len=4096 -len_control=0 -timeout=20 \
        -rss_limit_mb=1500 -print_final_stats=1 -artifact_prefix="build/fuzz/$name-" "build/fuzz/corpus/$name" "$@"
}
