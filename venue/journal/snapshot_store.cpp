#include "venue/journal/snapshot_store.hpp"

#include "venue/journal/checksum.hpp"
#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

SnapshotHeader header_of(const pqxx::row& row) {
    SnapshotHeader header;
    header.id = row[0].as<std::int64_t>();
    header.state = {model::Sequence{row[1].as<std::int64_t>()}, row[2].as<std::int16_t>(),
                    static_cast<std::uint64_t>(row[3].as<std::int64_t>())};
    header.format = row[4].as<std::int32_t>();
    header.sha256 = row[5].c_str();
    header.size = row[6].as<std::int64_t>();
    return header;
}

/// SQLSTATE of a page that is damaged, or of a disk that can't read it.
bool is_damage(const std::string& sqlstate) { return sqlstate.starts_with("XX") || sqlstate == "58030"; }

/// Asks for one piece after the other, so that no more than one lies in memory.
class StoredBytes {
  public:
    StoredBytes(Database& database, SnapshotHeader header) : database_(&database), header_(std::move(header)) {}

    std::string_view next() {
        if (at_end_) return {};
        const auto rows = guarded("reading a snapshot", [&] { return ask(); });
        if (rows.empty()) return finish();
        piece_ = pqxx::binarystring(rows[0][0]).str();
        sum_.add(piece_);
        return piece_;
    }

  private:
    pqxx::result ask() {
        try {
            return database_->execute("select bytes from venue.snapshot_pieces where snapshot = $1 and number = $2",
                                      header_.id, number_++);
        } catch (const pqxx::sql_error& error) {
            if (is_damage(error.sqlstate())) throw_damaged(plain_words(error.what()));
            throw;
        }
    }
    std::string_view finish() {
        at_end_ = true;
        if (sum_.finish() == header_.sha256) return {};
        throw_damaged("its bytes don't come to their checksum");
    }
    [[noreturn]] void throw_damaged(const std::string& why) const {
        throw SnapshotDamaged("The snapshot at event " + std::to_string(header_.state.sequence.value) +
                              " is damaged: " + why + ".");
    }

    Database* database_;
    SnapshotHeader header_;
    Checksum sum_;
    std::string piece_;
    std::int32_t number_ = 0;
    bool at_end_ = false;
};

}  // namespace

SnapshotStore::SnapshotStore(const std::string& url, std::int64_t connect_wait_ms)
    : database_(std::make_unique<Database>(url, connect_wait_ms)) {}
SnapshotStore::~SnapshotStore() = default;

std::vector<SnapshotHeader> SnapshotStore::newest_first() {
    return guarded("looking for snapshots", [&] {
        std::vector<SnapshotHeader> headers;
        for (const auto& row : database_->execute("select id, sequence, hash_version, state_hash, format, sha256, size"
                                                  " from venue.snapshots order by sequence desc, format desc")) {
            headers.push_back(header_of(row));
        }
        return headers;
    });
}

BytesSource SnapshotStore::open(const SnapshotHeader& header) {
    return [bytes = std::make_shared<StoredBytes>(*database_, header)] { return bytes->next(); };
}

bool SnapshotStore::store(const StateHash& state, std::int32_t format,
                          const std::function<void(const BytesSink&)>& write) {
    return guarded("storing a snapshot", [&] {
        pqxx::work transaction(database_->connection());
        const auto id = transaction.exec("select nextval('venue.snapshot_ids')")[0][0].as<std::int64_t>();
        Checksum sum;
        std::int64_t size = 0;
        std::int32_t number = 0;
        write([&](std::string_view piece) {
            sum.add(piece);
            size += static_cast<std::int64_t>(piece.size());
            transaction.exec_params("insert into venue.snapshot_pieces (snapshot, number, bytes) values ($1, $2, $3)",
                                    id, number++, pqxx::binarystring(piece.data(), piece.size()));
        });
        const auto stored = transaction.exec_params(
            "insert into venue.snapshots (id, sequence, format, hash_version, state_hash, sha256, size, piece_count)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sequence, format) do nothing returning id",
            id, state.sequence.value, format, state.version, static_cast<std::int64_t>(state.hash), sum.finish(), size,
            number);
        if (stored.empty()) return false;
        transaction.commit();
        return true;
    });
}

std::int64_t SnapshotStore::prune(int keep_count) {
    return guarded("removing old snapshots", [&] {
        return database_->execute("select venue.prune_snapshots($1)", keep_count)[0][0].as<std::int64_t>();
    });
}

bool SnapshotStore::is_whole(const SnapshotHeader& header) {
    StoredBytes bytes(*database_, header);
    try {
        while (!bytes.next().empty()) continue;
        return true;
    } catch (const SnapshotDamaged&) {
        return false;
    }
}

bool SnapshotStore::has(const SnapshotHeader& header) {
    return guarded("looking for a snapshot",
                   [&] { return !database_->execute("select from venue.snapshots where id = $1", header.id).empty(); });
}

bool SnapshotStore::remove_damaged(const SnapshotHeader& header) {
    return guarded("removing a damaged snapshot", [&] {
        return database_->execute("select venue.remove_damaged_snapshot($1)", header.id)[0][0].as<bool>();
    });
}

}  // namespace venue::journal
