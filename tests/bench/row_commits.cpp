#include "tests/bench/row_commits.hpp"

#include <chrono>
#include <stdexcept>

namespace bench {

RowCommits::RowCommits(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    run("create schema if not exists bench; create table if not exists bench.single (at bigint, note text)");
    run("prepare single (bigint) as insert into bench.single values ($1, repeat('x', 100))");
}

LatencyHistogram RowCommits::commit(int count) {
    LatencyHistogram latency;
    for (int at = 0; at < count; ++at) {
        const auto start = std::chrono::steady_clock::now();
        run("execute single(" + std::to_string(at) + ")");
        latency.record((std::chrono::steady_clock::now() - start) / std::chrono::nanoseconds(1));
    }
    return latency;
}

void RowCommits::run(const std::string& statement) {
    const std::unique_ptr<PGresult, Close> result(PQexec(connection_.get(), statement.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
}

}  // namespace bench
