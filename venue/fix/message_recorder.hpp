// Keeps what sessions say and hear in files, one row of them for each session. Whoever trades never waits for it: bytes
// are copied, and a thread of its own writes them; what it can't keep up with is left out and counted.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "venue/fix/recorded_message.hpp"
#include "venue/fix/sparse_count.hpp"

namespace venue::fix {

struct RecordingSettings {
    std::string folder;
    std::size_t file_bytes_max = 67'108'864;         ///< A file that reaches it is put aside.
    int files_max = 8;                               ///< Of each session, the one that grows included; at least 2.
    std::size_t waiting_bytes_max = 16 * 1'048'576;  ///< In memory, of all sessions.
};

/// The folder can't be made, or written to.
struct RecordingImpossible : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// "FOLDER/ALICE.log" for number 0, the one that grows; "FOLDER/ALICE.3.log" for the one put aside that many ago. What
/// a file's name shouldn't have becomes %XX.
std::string recording_file(const std::string& folder, std::string_view comp_id, int number);

class MessageRecorder {
  public:
    /// Throws RecordingImpossible.
    explicit MessageRecorder(RecordingSettings settings);
    /// Writes what waits.
    ~MessageRecorder();
    MessageRecorder(const MessageRecorder&) = delete;
    MessageRecorder& operator=(const MessageRecorder&) = delete;

    /// Whole messages of one session, one behind the other. Any thread; returns at once.
    void take(std::string_view comp_id, Way way, std::string_view messages);

  private:
    void work();
    void write(std::string_view batch, std::size_t left_out);
    void write_to(const std::string& comp_id, const std::string& lines);
    void put_aside(const std::string& comp_id) const;

    const RecordingSettings settings_;
    std::mutex mutex_;
    std::condition_variable ending_told_;
    bool ending_ = false;
    std::string waiting_;       ///< Heads, each with its CompID and its messages behind it.
    std::size_t left_out_ = 0;  ///< Bytes that found no room since the last batch.
    SparseCount losses_;        ///< Batches of which something was left out.
    SparseCount failures_;      ///< Of writing.
    std::thread thread_;
};

}  // namespace venue::fix
