#include "venue/journal/sql_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream || text.empty()) throw JournalUnreadable("The file " + path.string() + " can't be read.");
    return text;
}

}  // namespace

std::vector<SqlFile> sql_files(const std::string& folder) {
    std::vector<SqlFile> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const auto& path = at->path();
        if (path.extension() == ".sql") files.push_back({path.stem().string(), text_of(path)});
    }
    if (error) throw JournalUnreadable("The folder " + folder + " can't be read: " + error.message() + ".");
    std::ranges::sort(files, {}, &SqlFile::name);
    return files;
}

std::string sql_text(const std::string& path) { return std::filesystem::exists(path) ? text_of(path) : ""; }

}  // namespace venue::journal
