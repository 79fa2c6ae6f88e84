#include "tests/scenario/script.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>

#include "tests/scenario/dictionary.hpp"

namespace scenario {
namespace {

using Words = std::vector<std::string>;

/// Splits at blanks; text between double quotes is one piece, a "#" outside of them begins a comment.
Words words_of(const std::string& line) {
    Words words;
    std::string word;
    bool quoted = false;
    for (const char c : line) {
        if (c == '#' && !quoted) break;
        if (c == '"') {
            quoted = !quoted;
        } else if ((c == ' ' || c == '\t') && !quoted) {
            if (!word.empty()) words.push_back(std::exchange(word, {}));
        } else {
            word.push_back(c);
        }
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

class Parser {
  public:
    explicit Parser(std::string file) { script_.file = std::move(file); }

    void line(const std::string& text) {
        ++line_;
        const Words words = words_of(text);
        if (words.empty()) return;
        if (words[0] == "given") {
            given(words);
        } else if (words[0] == "ledger") {
            step(CheckLedger{at(words, 1), amounts(words, 2)});
        } else if (words[0] == "held") {
            step(CheckHeld{at(words, 1), amounts(words, 2)});
        } else if (words[0] == "at") {
            step(SetTime{moment(at(words, 1))});
        } else if (words[0] == "advance") {
            step(AdvanceClock{span(at(words, 1))});
        } else if (words[0] == "operator") {
            step(Operate{{words.begin() + 1, words.end()}});
        } else {
            message(words);
        }
    }
    Script take() { return std::move(script_); }

  private:
    [[noreturn]] void fail(const std::string& sentence) const {
        throw ScriptFault(script_.file + ":" + std::to_string(line_) + ": " + sentence);
    }
    const std::string& at(const Words& words, std::size_t place) const {
        if (place >= words.size()) fail("the line ends too early");
        return words[place];
    }
    void step(decltype(Step::what) what) { script_.steps.push_back({line_, std::move(what)}); }

    void given(const Words& words);
    void given_of_participant(const Words& words);
    void given_version(const Words& words);
    void given_fees(const Words& words);
    void message(const Words& words);
    Amounts amounts(const Words& words, std::size_t from) const;
    FieldText field(const std::string& word) const;
    std::string rate(const std::string& text) const;
    std::int64_t moment(const std::string& text) const;
    std::int64_t span(const std::string& text) const;
    void mention(const std::string& session);

    Script script_;
    int line_ = 0;
};

void Parser::given(const Words& words) {
    if (at(words, 1) == "fees") return given_fees(words);
    if (words[1] == "instrument") {
        script_.terms.push_back({at(words, 2), amounts(words, 3)});
        return;
    }
    if (words[1] == "session" || words[1] == "account") return given_of_participant(words);
    if (words[1] == "version") return given_version(words);
    if (words[1] == "self-trade") {
        script_.self_trades.emplace_back(at(words, 2), at(words, 3));
        return;
    }
    mention(words[1]);
    for (auto& [participant, balances] : script_.balances) {
        if (participant == words[1]) std::ranges::move(amounts(words, 2), std::back_inserter(balances));
    }
}

void Parser::given_of_participant(const Words& words) {
    if (at(words, 3) != "of") fail("expected: given session NAME of PARTICIPANT, or given account NAME of PARTICIPANT");
    mention(at(words, 4));
    if (words[1] == "account") {
        script_.accounts.push_back({words[2], words[4]});
    } else {
        script_.sessions.push_back({words[2], words[4]});
    }
}

void Parser::given_version(const Words& words) {
    const auto session = std::ranges::find(script_.sessions, at(words, 2), &SessionOf::name);
    if (session == script_.sessions.end()) fail("no session " + words[2] + " was given before");
    session->version = at(words, 3);
}

void Parser::given_fees(const Words& words) {
    Fees fees{.symbol = at(words, 2)};
    for (std::size_t i = 3; i < words.size(); i += 2) {
        if (words[i] == "maker") {
            fees.maker = rate(at(words, i + 1));
        } else if (words[i] == "taker") {
            fees.taker = rate(at(words, i + 1));
        } else if (words[i] == "from") {
            fees.source = at(words, i + 1);
        } else {
            fail("expected maker, taker or from, not " + words[i]);
        }
    }
    script_.fees.push_back(fees);
}

/// "10bp" or "-0.5bp" in thousandths of a basis point; "0" without a unit.
std::string Parser::rate(const std::string& text) const {
    if (text == "0") return text;
    if (!text.ends_with("bp")) fail("a fee is 0 or has the unit bp");
    auto digits = text.substr(0, text.size() - 2);
    const auto point = digits.find('.');
    const auto decimals = point == std::string::npos ? 0 : digits.size() - point - 1;
    if (decimals > 3) fail("a fee has at most three digits behind the point");
    if (point != std::string::npos) digits.erase(point, 1);
    digits.append(3 - decimals, '0');
    return std::to_string(std::stol(digits));
}

void Parser::message(const Words& words) {
    const auto direction = at(words, 1);
    const auto type = at(words, 2);
    std::vector<FieldText> fields;
    const bool open = words.back() == "...";
    for (std::size_t i = 3; i < words.size() - (open ? 1 : 0); ++i) fields.push_back(field(words[i]));
    mention(words[0]);
    if (direction == ">" && !open) {
        step(Send{words[0], type, fields});
    } else if (direction == "<") {
        step(Expect{words[0], type, fields, open});
    } else {
        fail("expected NAME > TYPE FIELDS or NAME < TYPE FIELDS [...]");
    }
}

FieldText Parser::field(const std::string& word) const {
    const auto sign = word.find_first_of("=~");
    if (sign == std::string::npos) fail("expected Field=value, not " + word);
    const auto& dictionary = Dictionary::published();
    const auto tag = dictionary.tag(word.substr(0, sign));
    if (!tag) fail("the dictionary has no field " + word.substr(0, sign));
    return {*tag, dictionary.value(*tag, word.substr(sign + 1)), word[sign] == '~'};
}

Amounts Parser::amounts(const Words& words, std::size_t from) const {
    Amounts amounts;
    for (std::size_t i = from; i < words.size(); i += 2) amounts.emplace_back(words[i], at(words, i + 1));
    return amounts;
}

std::int64_t Parser::moment(const std::string& text) const {
    int year = 0;
    unsigned month = 0, day = 0;
    int hour = 0, minute = 0, second = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%uT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second) != 6) {
        fail("a time is written 2026-01-01T23:59:59Z");
    }
    using namespace std::chrono;
    const sys_days midnight = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return nanoseconds(midnight.time_since_epoch() + hours(hour) + minutes(minute) + seconds(second)).count();
}

std::int64_t Parser::span(const std::string& text) const {
    std::size_t end = 0;
    const auto count = std::stoll(text, &end);
    const auto unit = text.substr(end);
    if (unit == "ms") return count * 1'000'000;
    if (unit == "s") return count * 1'000'000'000;
    if (unit == "h") return count * 3'600'000'000'000;
    fail("a span of time is written 5ms, 5s or 5h");
}

/// A session that no line gives belongs to the participant of its own name.
void Parser::mention(const std::string& session) {
    if (std::ranges::find(script_.sessions, session, &SessionOf::name) != script_.sessions.end()) return;
    script_.sessions.push_back({session, session});
    script_.balances.emplace_back(session, Amounts{});
}

}  // namespace

bool Script::moves_time() const {
    return std::ranges::any_of(steps, [](const Step& step) {
        return std::holds_alternative<SetTime>(step.what) || std::holds_alternative<AdvanceClock>(step.what);
    });
}

Script parse_script(const std::string& file, const std::string& text) {
    Parser parser(file);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) parser.line(line);
    return parser.take();
}

Script load_script(const std::string& file) {
    std::ifstream stream(file);
    if (!stream) throw ScriptFault(file + ":0: can't be read");
    std::ostringstream text;
    text << stream.rdbuf();
    return parse_script(file, text.str());
}

}  // namespace scenario
