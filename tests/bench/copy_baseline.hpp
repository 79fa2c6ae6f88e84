// What the database itself can do: rows that the venue wrote, copied in binary form into tables like the journal's, a
// thousand rows to a transaction, with nothing around them.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

class CopyBaseline {
  public:
    /// Takes its rows from the journal, which has some.
    explicit CopyBaseline(const std::string& url);

    struct Copied {
        std::int64_t rows = 0;
        double seconds = 0;
    };
    /// Copies for so long, the same rows again and again under new sequence numbers, and empties the tables.
    Copied copy(double seconds);

  private:
    /// Rows as COPY writes them, and where each one's sequence number stands.
    struct Rows {
        std::string bytes;
        std::vector<std::size_t> sequence_at;
        std::vector<std::int64_t> sequence;
    };
    /// One transaction's.
    struct Chunk {
        Rows events;
        Rows postings;
    };
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Result = std::unique_ptr<PGresult, Close>;

    Result run(const std::string& statement);
    Rows read(const std::string& query);
    std::vector<Chunk> split(const Rows& events, const Rows& postings) const;
    void write(Chunk& chunk, std::int64_t moved_by);
    void feed(const Rows& rows);

    std::unique_ptr<PGconn, Close> connection_;
    std::vector<Chunk> chunks_;
};

}  // namespace bench
