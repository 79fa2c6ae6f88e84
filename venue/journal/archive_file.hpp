// A compressed file that is either there, complete and on disk, or not there under its name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace venue::journal {

/// An archive's files can't be written or read, or somebody else is in its way.
struct ArchiveFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Lines of text, compressed by gzip. Until `publish` the file's name ends in ".part".
class ArchiveFile {
  public:
    explicit ArchiveFile(std::filesystem::path path);
    ~ArchiveFile();
    ArchiveFile(const ArchiveFile&) = delete;
    ArchiveFile& operator=(const ArchiveFile&) = delete;

    void line(std::string_view text);
    [[nodiscard]] std::int64_t line_count() const { return line_count_; }

    /// Writes it to disk, reads it back whole and returns its SHA-256 in hexadecimal. Throws ArchiveFailed when what is
    /// read isn't what was written.
    std::string complete();
    /// Gives the complete file its name; what had that name is replaced.
    void publish();

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

/// The SHA-256 of the file's bytes, in hexadecimal. Throws ArchiveFailed when it can't be read.
std::string checksum_of(const std::filesystem::path& path);

}  // namespace venue::journal
