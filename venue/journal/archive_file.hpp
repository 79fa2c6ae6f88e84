// A compressed file that is either there, complete and on disk, or not there under its name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace venue::journal {

/// A file can't be written or read: no room, no permission, a damaged disk.
struct ArchiveFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Lines of text, compressed by gzip. Until `finish` the file's name ends in ".part".
class ArchiveFile {
  public:
    explicit ArchiveFile(std::filesystem::path path);
    ~ArchiveFile();
    ArchiveFile(const ArchiveFile&) = delete;
    ArchiveFile& operator=(const ArchiveFile&) = delete;

    void line(std::string_view text);
    [[nodiscard]] std::int64_t line_count() const { return line_count_; }

    /// Writes it to disk, reads it back whole, gives it its name and returns its SHA-256 in hexadecimal. Throws
    /// ArchiveFailed when what is read isn't what was written.
    std::string finish();

  private:
    void write(std::string_view text);

    std::filesystem::path path_;
    std::filesystem::path part_;
    int file_ = -1;
    void* stream_ = nullptr;
    std::int64_t line_count_ = 0;
};

/// Writes a small text and its name to disk; a file of that name is replaced as a whole.
void write_durably(const std::filesystem::path& path, std::string_view text);

}  // namespace venue::journal
