#include "venue/fix/message_recorder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "venue/fix/log.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;

constexpr auto write_every = 100ms;

/// What stands before a piece in the waiting bytes.
struct Head {
    model::Timestamp time;
    Way way;
    std::uint32_t name_size;
    std::uint32_t size;
};

model::Timestamp now() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
}

bool is_plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// What orders say is between the participant and the venue: nobody else reads the file.
constexpr mode_t owner_alone = 0600;

/// Returns how long the file is now. Throws std::system_error.
std::size_t append(const std::string& file, std::string_view bytes) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, owner_alone);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file);
    int fault = 0;
    while (!bytes.empty() && fault == 0) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) fault = errno;
        if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    const auto end = ::lseek(descriptor, 0, SEEK_END);
    ::close(descriptor);
    if (fault != 0) throw std::system_error(fault, std::generic_category(), file);
    return static_cast<std::size_t>(end);
}

}  // namespace

std::string recording_file(const std::string& folder, std::string_view comp_id, int number) {
    constexpr auto digits = "0123456789ABCDEF";
    std::string name;
    for (const char c : comp_id) {
        if (is_plain(c)) {
            name += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            name += {'%', digits[byte / 16], digits[byte % 16]};
        }
    }
    return folder + "/" + name + (number == 0 ? "" : "." + std::to_string(number)) + ".log";
}

MessageRecorder::MessageRecorder(RecordingSettings settings) : settings_(std::move(settings)) {
    try {
        std::filesystem::create_directories(settings_.folder);
        const auto probe = settings_.folder + "/.writable";
        append(probe, "");
        std::filesystem::remove(probe);
    } catch (const std::system_error& error) {
        throw RecordingImpossible("[recording] folder: nothing can be recorded in " + settings_.folder + ": " +
                                  error.code().message());
    }
    thread_ = std::thread([this] { work(); });
}

MessageRecorder::~MessageRecorder() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    ending_told_.notify_one();
    thread_.join();
}

void MessageRecorder::take(std::string_view comp_id, Way way, std::string_view messages) {
    const Head head{now(), way, static_cast<std::uint32_t>(comp_id.size()),
                    static_cast<std::uint32_t>(messages.size())};
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + sizeof head + comp_id.size() + messages.size() > settings_.waiting_bytes_max) {
        left_out_ += messages.size();
        return;
    }
    waiting_.append(reinterpret_cast<const char*>(&head), sizeof head).append(comp_id).append(messages);
}

void MessageRecorder::work() {
    std::string batch;
    for (bool is_last = false; !is_last;) {
        std::size_t left_out = 0;
        {
            std::unique_lock lock(mutex_);
            ending_told_.wait_for(lock, write_every, [this] { return ending_; });
            is_last = ending_;
            batch.swap(waiting_);
            left_out = std::exchange(left_out_, 0);
        }
        write(batch, left_out);
        batch.clear();
    }
}

void MessageRecorder::write(std::string_view batch, std::size_t left_out) {
    if (left_out > 0 && losses_.add()) {
        log().warn("the recording of messages falls behind, the {}. time: {} bytes are left out", losses_.count(),
                   left_out);
    }
    std::map<std::string, std::string, std::less<>> lines;
    while (!batch.empty()) {
        Head head{};
        std::memcpy(&head, batch.data(), sizeof head);
        batch.remove_prefix(sizeof head);
        auto& of_session = lines[std::string(batch.substr(0, head.name_size))];
        auto messages = batch.substr(head.name_size, head.size);
        while (!messages.empty()) append_line(of_session, head.time, head.way, take_message(messages));
        batch.remove_prefix(head.name_size + head.size);
    }
    for (const auto& [comp_id, of_session] : lines) write_to(comp_id, of_session);
}

/// A recording that fails stops nobody.
void MessageRecorder::write_to(const std::string& comp_id, const std::string& lines) try {
    const auto size = append(recording_file(settings_.folder, comp_id, 0), lines);
    if (size >= settings_.file_bytes_max) put_aside(comp_id);
} catch (const std::system_error& error) {
    if (failures_.add()) {
        log().warn("messages of {} can't be recorded, the {}. failure: {}", comp_id, failures_.count(), error.what());
    }
}

void MessageRecorder::put_aside(const std::string& comp_id) const {
    for (int number = settings_.files_max - 2; number >= 0; --number) {
        std::error_code ignored;  // There are fewer in the beginning.
        std::filesystem::rename(recording_file(settings_.folder, comp_id, number),
                                recording_file(settings_.folder, comp_id, number + 1), ignored);
    }
}

}  // namespace venue::fix
