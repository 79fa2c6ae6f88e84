// The engine under libFuzzer: the bytes that it makes up are the dice of a random participant, so each input is a
// stream of commands, and what it learns to do is to lead the engine where it hasn't been. Every command is held
// against the naive venue; now and then the engine is folded anew from its events and taken through a snapshot. Any
// difference, and whatever the sanitizers see, ends the run and leaves the input behind.
#include <algorithm>
#include <cstring>
#include <string_view>

#include "tests/property/rehearsal.hpp"

namespace {

using venue::test::Rehearsal;

/// The first two bytes draw the venue, the others what is done to it.
class Bytes {
  public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    /// One byte is enough for nearly all that is drawn; what asks for more gets two. Zeros follow the end.
    std::uint32_t draw() {
        std::uint32_t drawn = 0;
        std::memcpy(&drawn, rest_.data(), std::min<std::size_t>(2, rest_.size()));
        rest_.remove_prefix(std::min<std::size_t>(2, rest_.size()));
        return drawn;
    }

  private:
    std::string_view rest_;
};

constexpr int restart_every = 64;

void rehearse(Bytes bytes) {
    const std::uint32_t drawn = bytes.draw();
    Rehearsal rehearsal(
        drawn & 0x7fff, [&bytes] { return bytes.draw(); }, (drawn & 0x8000) != 0);
    for (int step = 1; !bytes.empty(); ++step) {
        rehearsal.step();
        if (step % restart_every == 0) rehearsal.restart();
    }
    rehearsal.restart();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    testing::InitGoogleTest(argc, *argv);
    GTEST_FLAG_SET(break_on_failure, true);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    rehearse(Bytes(std::string_view(reinterpret_cast<const char*>(data), size)));
    return 0;
}
