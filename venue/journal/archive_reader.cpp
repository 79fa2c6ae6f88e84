#include "venue/journal/archive_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "venue/journal/archive_file.hpp"
#include "venue/journal/event_row.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

/// The lines of a compressed text.
class Lines {
  public:
    explicit Lines(const std::filesystem::path& path) : path_(path), stream_(gzopen(path.c_str(), "rb"), gzclose) {
        if (!stream_) throw ArchiveFailed(path.string() + " can't be opened.");
    }
    bool next(std::string& line) {
        line.clear();
        while (gzgets(stream_.get(), piece_.data(), static_cast<int>(piece_.size())) != nullptr) {
            line += piece_.data();
            if (!line.ends_with('\n')) continue;
            line.pop_back();
            return true;
        }
        if (!gzeof(stream_.get()) || !line.empty()) throw ArchiveFailed(path_.string() + " is cut short or damaged.");
        return false;
    }

  private:
    std::filesystem::path path_;
    std::unique_ptr<gzFile_s, decltype(&gzclose)> stream_;
    std::array<char, 65'536> piece_{};
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find('\t', at), line.size());
        names.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return names;
}

/// A line's values in the order of this release's columns, wherever they stand in the file.
class ByName {
  public:
    explicit ByName(const std::string& header) {
        const auto names = split(header);
        EventRow row;
        each_column(row, [&](const char* name, const auto&) {
            const auto found = std::ranges::find(names, name);
            places_.push_back(static_cast<std::size_t>(found - names.begin()));
            known_count_ += found == names.end() ? 0 : 1;
        });
        // A column that this release doesn't know may say what it mustn't ignore.
        if (known_count_ != names.size()) {
            throw JournalUnreadable("The archived events have columns that this release doesn't know.");
        }
    }
    void take(const std::string& line) {
        CopyLine columns(line);
        values_.clear();
        for (std::size_t i = 0; i < known_count_; ++i) {
            const auto value = columns.next();
            values_.push_back(value ? std::optional(std::string(*value)) : std::nullopt);
        }
        at_ = 0;
    }
    std::optional<std::string_view> next() {
        const auto place = places_[at_++];
        if (place >= values_.size() || !values_[place]) return {};
        return *values_[place];
    }

  private:
    std::vector<std::size_t> places_;
    std::size_t known_count_ = 0;
    std::vector<std::optional<std::string>> values_;
    std::size_t at_ = 0;
};

}  // namespace

void read_archived_events(const std::filesystem::path& file, const std::function<void(const model::Event&)>& each) {
    Lines lines(file);
    std::string line;
    if (!lines.next(line)) throw JournalUnreadable(file.string() + " is empty.");
    ByName columns(line);
    while (lines.next(line)) {
        columns.take(line);
        each(to_event(read_row(columns)));
    }
}

}  // namespace venue::journal
