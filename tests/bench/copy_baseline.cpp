#include "tests/bench/copy_baseline.hpp"

#include <stdexcept>
#include <string_view>

#include "tests/bench/timed_journal.hpp"

namespace bench {
namespace {

using namespace std::string_literals;

constexpr std::size_t rows_per_transaction = 1'000;
constexpr auto events_wanted = "60000";
const std::string copy_header = "PGCOPY\n\377\r\n\0"s + std::string(8, '\0');
const std::string copy_trailer = "\377\377";
// The number of columns, then the length of the first: a row's sequence number stands behind them.
constexpr std::size_t first_value = 2 + 4;

std::int64_t read_big_endian(const std::string& bytes, std::size_t at, std::size_t width) {
    std::uint64_t value = 0;
    for (std::size_t end = at + width; at < end; ++at) value = value << 8 | static_cast<unsigned char>(bytes[at]);
    return static_cast<std::int64_t>(value);
}

void write_big_endian(std::string& bytes, std::size_t at, std::int64_t value) {
    for (std::size_t place = at + sizeof value; place > at; value >>= 8) bytes[--place] = static_cast<char>(value);
}

/// Where the row that starts at `at` ends.
std::size_t end_of_row(const std::string& bytes, std::size_t at) {
    const auto columns = read_big_endian(bytes, at, 2);
    at += 2;
    for (std::int64_t column = 0; column < columns; ++column) {
        const auto length = static_cast<std::int32_t>(read_big_endian(bytes, at, 4));
        at += 4 + static_cast<std::size_t>(length < 0 ? 0 : length);
    }
    return at;
}

}  // namespace

CopyBaseline::CopyBaseline(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    run("create schema if not exists bench; create table bench.events (like venue.events including all);"
        "create table bench.postings (like venue.postings including all)");
    const auto events = "(select * from venue.events where kind in (1, 3, 4) order by sequence desc limit "s +
                        events_wanted + ") newest order by sequence";
    chunks_ = split(read("select * from " + events),
                    read("select p.* from venue.postings p where sequence in (select sequence from " + events +
                         ") order by p.sequence, p.line"));
}

CopyBaseline::Result CopyBaseline::run(const std::string& statement) {
    Result result(PQexec(connection_.get(), statement.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_FATAL_ERROR) throw std::runtime_error(PQerrorMessage(connection_.get()));
    return result;
}

CopyBaseline::Rows CopyBaseline::read(const std::string& query) {
    run("copy (" + query + ") to stdout (format binary)");
    std::string all;
    char* piece = nullptr;
    for (int length = 0; (length = PQgetCopyData(connection_.get(), &piece, 0)) > 0; PQfreemem(piece)) {
        all.append(piece, static_cast<std::size_t>(length));
    }
    while (Result(PQgetResult(connection_.get()))) continue;
    Rows rows;
    for (auto at = copy_header.size(); all.compare(at, 2, copy_trailer) != 0;) {
        const auto end = end_of_row(all, at);
        rows.sequence_at.push_back(rows.bytes.size() + first_value);
        rows.sequence.push_back(read_big_endian(all, at + first_value, 8));
        rows.bytes.append(all, at, end - at);
        at = end;
    }
    return rows;
}

std::vector<CopyBaseline::Chunk> CopyBaseline::split(const Rows& events, const Rows& postings) const {
    std::vector<Chunk> chunks(1);
    const auto move_row = [](const Rows& from, std::size_t row, Rows& to) {
        const auto start = from.sequence_at[row] - first_value;
        const auto end =
            row + 1 < from.sequence_at.size() ? from.sequence_at[row + 1] - first_value : from.bytes.size();
        to.sequence_at.push_back(to.bytes.size() + first_value);
        to.sequence.push_back(from.sequence[row]);
        to.bytes.append(from.bytes, start, end - start);
    };
    std::size_t posting = 0;
    for (std::size_t event = 0; event < events.sequence.size(); ++event) {
        auto* chunk = &chunks.back();
        if (chunk->events.sequence.size() + chunk->postings.sequence.size() >= rows_per_transaction) {
            chunk = &chunks.emplace_back();
        }
        move_row(events, event, chunk->events);
        for (; posting < postings.sequence.size() && postings.sequence[posting] == events.sequence[event]; ++posting) {
            move_row(postings, posting, chunk->postings);
        }
    }
    return chunks;
}

CopyBaseline::Copied CopyBaseline::copy(double seconds) {
    Copied copied;
    const auto start = steady_ns();
    const auto end = start + static_cast<std::int64_t>(seconds * 1e9);
    const auto span = chunks_.back().events.sequence.back() - chunks_.front().events.sequence.front() + 1;
    for (std::size_t at = 0; steady_ns() < end; ++at) {
        auto& chunk = chunks_[at % chunks_.size()];
        write(chunk, static_cast<std::int64_t>(at / chunks_.size()) * span);
        copied.rows += static_cast<std::int64_t>(chunk.events.sequence.size() + chunk.postings.sequence.size());
    }
    copied.seconds = static_cast<double>(steady_ns() - start) / 1e9;
    run("truncate bench.events, bench.postings");
    return copied;
}

void CopyBaseline::write(Chunk& chunk, std::int64_t moved_by) {
    for (auto* rows : {&chunk.events, &chunk.postings}) {
        for (std::size_t row = 0; row < rows->sequence.size(); ++row) {
            write_big_endian(rows->bytes, rows->sequence_at[row], rows->sequence[row] + moved_by);
        }
    }
    PQsendQuery(connection_.get(),
                "begin; copy bench.events from stdin (format binary); copy bench.postings from stdin (format binary);"
                "commit");
    const Rows* waiting[] = {&chunk.events, &chunk.postings};
    std::size_t fed = 0;
    while (Result result{PQgetResult(connection_.get())}) {
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN) {
            feed(*waiting[fed++]);
        } else if (status != PGRES_COMMAND_OK) {
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        }
    }
}

void CopyBaseline::feed(const Rows& rows) {
    const auto put = [&](const std::string& bytes) {
        return PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) == 1;
    };
    if (put(copy_header) && put(rows.bytes) && put(copy_trailer) && PQputCopyEnd(connection_.get(), nullptr) == 1) {
        return;
    }
    throw std::runtime_error(PQerrorMessage(connection_.get()));
}

}  // namespace bench
