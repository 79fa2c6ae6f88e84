#include "venue/flight_recorder.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <stdexcept>

namespace venue {
namespace {

constexpr std::array<std::string_view, 5> names = {"idle", "taken", "appending", "durable", "released"};

Step step_of(std::string_view text) {
    for (std::size_t i = 1; i < names.size(); ++i) {
        if (names[i] == text) return static_cast<Step>(i);
    }
    throw std::runtime_error("there is no step \"" + std::string(text) + "\" to die at");
}

std::uint8_t* map_first_byte(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("can't open the flight recorder's file " + file);
    const bool sized = ::ftruncate(descriptor, 1) == 0;
    void* const mapped = sized ? ::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    if (mapped == MAP_FAILED) throw std::runtime_error("can't map the flight recorder's file " + file);
    return static_cast<std::uint8_t*>(mapped);
}

}  // namespace

std::string_view name(Step step) { return names[static_cast<std::size_t>(step)]; }

FlightRecorder::FlightRecorder(const std::string& file, std::string_view die_at) {
    if (!die_at.empty()) {
        const auto colon = die_at.find(':');
        const auto count = colon == std::string_view::npos ? std::string_view{"1"} : die_at.substr(colon + 1);
        die_at_ = step_of(die_at.substr(0, colon));
        std::from_chars(count.data(), count.data() + count.size(), reaches_left_);
    }
    if (!file.empty()) mark_ = map_first_byte(file);
    *mark_ = static_cast<std::uint8_t>(Step::idle);
}

FlightRecorder::~FlightRecorder() {
    if (mark_ != &unrecorded_) ::munmap(const_cast<std::uint8_t*>(mark_), 1);
}

void FlightRecorder::reach(Step step) {
    *mark_ = static_cast<std::uint8_t>(step);
    if (step == die_at_ && step != Step::idle && --reaches_left_ == 0) std::raise(SIGKILL);
    if (watch_) watch_(step);
}

}  // namespace venue
