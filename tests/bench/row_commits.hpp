// Commits of a single small row: what the database alone takes for one acknowledgement.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

#include "tests/bench/latency_histogram.hpp"

namespace bench {

class RowCommits {
  public:
    /// Makes the table bench.single, and the schema where there is none. Throws when the database refuses.
    explicit RowCommits(const std::string& url);

    LatencyHistogram commit(int count);

  private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
        void operator()(PGresult* result) const { PQclear(result); }
    };

    void run(const std::string& statement);

    std::unique_ptr<PGconn, Close> connection_;
};

}  // namespace bench
