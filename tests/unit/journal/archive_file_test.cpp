// A file is there, complete and on disk, or the sentence says why not.
#include "venue/journal/archive_file.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace venue::journal {
namespace {

using testing::HasSubstr;
using testing::Property;
using testing::Throws;

class ArchiveFiles : public testing::Test {
  protected:
    ArchiveFiles() {
        std::string pattern = (std::filesystem::temp_directory_path() / "venue-archive-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
    }
    ~ArchiveFiles() override { std::filesystem::remove_all(folder); }

    /// Whatever is written there finds the disk full.
    void fill_up() const { std::filesystem::create_symlink("/dev/full", path().string() + ".part"); }
    [[nodiscard]] std::filesystem::path path() const { return folder / "rows.gz"; }

    std::filesystem::path folder;
};

auto fails_with(const std::string& words) {
    return Throws<ArchiveFailed>(Property(&ArchiveFailed::what, HasSubstr(words)));
}

TEST_F(ArchiveFiles, HaveTheirNameWhenTheyArePublished) {
    ArchiveFile file(path());
    file.line("one");
    file.line("two");
    EXPECT_EQ(file.complete().size(), 64U);
    EXPECT_FALSE(std::filesystem::exists(path()));
    file.publish();
    EXPECT_EQ(std::system(("test \"$(zcat " + path().string() + " | tr '\\n' ' ')\" = 'one two '").c_str()), 0);
}

TEST_F(ArchiveFiles, OnAFullDiskSayThatItIsFull) {
    fill_up();
    ArchiveFile file(path());
    file.line("one");
    EXPECT_THAT([&] { file.complete(); }, fails_with(" failed: No space left on device."));
    EXPECT_THAT([&] { write_durably(path(), "text"); }, fails_with(" failed: No space left on device."));
}

TEST_F(ArchiveFiles, ThatCanNotTakeTheirNameSaySo) {
    std::filesystem::create_directories(path() / "in the way");
    ArchiveFile file(path());
    file.complete();
    EXPECT_THAT([&] { file.publish(); }, fails_with("rows.gz failed: "));
    EXPECT_THAT([&] { ArchiveFile(folder / "none" / "rows.gz"); }, fails_with("No such file or directory."));
}

}  // namespace
}  // namespace venue::journal
