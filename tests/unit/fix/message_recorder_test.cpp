#include "venue/fix/message_recorder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/message_words.hpp"

namespace venue::fix {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string with_bars(std::string text) {
    std::ranges::replace(text, '\x01', '|');
    return text;
}

std::string line_of(const std::string& body) {
    std::string line;
    append_line(line, {1'700'000'000'123'456'789}, Way::in, framed(body));
    return with_bars(line);
}

class Recording : public testing::Test {
  protected:
    Recording() : folder(std::filesystem::temp_directory_path() / ("recording." + std::to_string(::getpid()))) {}
    ~Recording() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] std::vector<std::string> lines(const std::string& comp_id, int number = 0) const {
        std::ifstream file(recording_file(folder, comp_id, number));
        std::vector<std::string> all;
        for (std::string line; std::getline(file, line);) all.push_back(with_bars(line.substr(line.find(' ') + 1)));
        return all;
    }

    const std::filesystem::path folder;
    RecordingSettings settings{folder};
};

TEST_F(Recording, holds_each_message_in_its_sessions_file) {
    const auto first = framed("35=0|34=2|");
    const auto second = framed("35=1|34=3|112=x|");
    {
        MessageRecorder recorder(settings);
        recorder.take("ALICE", Way::in, first);
        recorder.take("BOB", Way::in, first);
        recorder.take("ALICE", Way::out, first + second);
    }
    EXPECT_THAT(lines("ALICE"),
                ElementsAre("in " + with_bars(first), "out " + with_bars(first), "out " + with_bars(second)));
    EXPECT_THAT(lines("BOB"), ElementsAre("in " + with_bars(first)));
}

TEST_F(Recording, is_its_owners_alone) {
    { MessageRecorder(settings).take("ALICE", Way::in, framed("35=0|34=2|")); }
    struct stat found {};
    ASSERT_EQ(::stat(recording_file(folder, "ALICE", 0).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(Recording, goes_on_in_a_new_file_and_keeps_so_many) {
    settings.file_bytes_max = 1;
    settings.files_max = 3;
    for (int number = 1; number <= 4; ++number) {
        MessageRecorder(settings).take("ALICE", Way::in, framed("35=0|34=" + std::to_string(number) + "|"));
    }
    EXPECT_THAT(lines("ALICE", 0), ElementsAre());
    EXPECT_THAT(lines("ALICE", 1), ElementsAre(HasSubstr("34=4|")));
    EXPECT_THAT(lines("ALICE", 2), ElementsAre(HasSubstr("34=3|")));
    EXPECT_THAT(lines("ALICE", 3), ElementsAre());
}

TEST_F(Recording, takes_no_more_than_it_may_keep_in_memory) {
    settings.waiting_bytes_max = 1'000;
    const auto message = framed("35=0|34=2|58=" + std::string(990, 'x') + "|");
    {
        MessageRecorder recorder(settings);
        recorder.take("ALICE", Way::in, message);
        recorder.take("ALICE", Way::in, framed("35=0|34=3|"));
    }
    EXPECT_THAT(lines("ALICE"), ElementsAre(HasSubstr("34=3|")));
}

TEST_F(Recording, is_refused_where_nothing_can_be_written) {
    std::ofstream(folder.string()) << "a file";
    EXPECT_THROW(MessageRecorder{settings}, RecordingImpossible);
}

TEST(RecordingFile, has_a_name_that_leads_nowhere_else) {
    EXPECT_EQ(recording_file("f", "../a b", 0), "f/%2E%2E%2Fa%20b.log");
    EXPECT_EQ(recording_file("f", "ALICE_1-x", 2), "f/ALICE_1-x.2.log");
}

TEST(RecordedMessage, begins_with_its_moment_and_its_way) {
    const auto line = line_of("35=0|34=2|");
    EXPECT_THAT(line, testing::StartsWith("20231114-22:13:20.123456 in 8=FIX.4.4|9="));
    const auto read = parse_line(std::string_view(line).substr(0, line.size() - 1));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->time, "20231114-22:13:20.123456");
    EXPECT_EQ(read->way, Way::in);
    EXPECT_FALSE(parse_line("anything else"));
    EXPECT_FALSE(parse_line("20231114-22:13:20.123456 up 8=FIX.4.4"));
}

TEST(RecordedMessage, tells_no_secret) {
    const auto line = line_of("35=A|34=1|553=alice|554=secret|925=newer|95=8|96=signs|it|1401=3|1402=abc|");
    EXPECT_THAT(line, HasSubstr("|553=alice|554=***|925=***|95=8|96=********|1401=3|1402=***|"));
    EXPECT_THAT(line_of("35=A|34=1|95=6|96=se\ncre|"), Not(HasSubstr("cre")));
    EXPECT_THAT(line_of("35=D|34=1|95=3|96=abc|"), HasSubstr("|96=abc|"));
}

TEST(RecordedMessage, is_one_line_whatever_is_in_it) {
    EXPECT_THAT(line_of("35=D|34=1|58=two\nlines|"), HasSubstr("|58=two lines|"));
    EXPECT_THAT(line_of("35=D|34=1|95=9|96=x|58=y|"), HasSubstr(" bytes that are no fields)"));
}

TEST(MessageWords, tell_names_in_place_of_numbers) {
    const MessageWords words(DICTIONARIES);
    EXPECT_EQ(words.tell(framed("35=D|49=A|56=V|34=7|11=a1|55=BTC-USD|54=1|38=1|58=two words|9999=x|")),
              "NewOrderSingle 7: ClOrdID=a1 Symbol=BTC-USD Side=1(BUY) OrderQty=1 Text=\"two words\" 9999=x");
    EXPECT_EQ(words.tell(framed("35=8|34=9|1=alice|20=0|150=1|", "FIX.4.2")),
              "ExecutionReport 9: Account=alice ExecTransType=0(NEW) ExecType=1(PARTIAL_FILL)");
    EXPECT_EQ(words.tell(framed("35=8|34=9|150=F|", "FIXT.1.1")), "ExecutionReport 9: ExecType=F(TRADE)");
    EXPECT_EQ(words.tell(framed("35=ZZ|34=9|", "FIX.3.9")), "35=ZZ 9:");
    EXPECT_EQ(words.tell("no fields"), "no fields");
}

}  // namespace
}  // namespace venue::fix
