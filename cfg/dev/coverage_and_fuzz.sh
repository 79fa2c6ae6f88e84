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

# What it found interesting stays in build/fuzz, and the next run begins there.
dev_fuzz() {
    local seconds=${1:-60}
    need_packages "${build_packages[@]}" "${fuzz_packages[@]}"
    build_preset fuzz engine_fuzz
    mkdir -p build/fuzz/corpus
    build/fuzz/tests/fuzz/engine_fuzz -max_total_time="$seconds" -max_len=4096 -len_control=0 -timeout=20 -print_final_stats=1 \
        -artifact_prefix=build/fuzz/ build/fuzz/corpus
}
