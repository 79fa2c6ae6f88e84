// FIX 4.4 as bytes, written and read by hand: the load generator must cost less than anything it measures, and
// must not share a line of code with the venue it judges.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// The run is worth nothing: a reject, a gap, a garbled byte, silence. Its text is what the operator reads.
struct LoadFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A message as people read it: `|` for each field separator. For failure texts only: it hides the password.
std::string readable(std::string_view message);

/// The present time as SendingTime and TransactTime want it, with milliseconds.
std::string_view utc_text();

/// The fields of one received message that the generator looks at; views into the receive buffer.
struct ReceivedMessage {
    std::string_view text;
    std::string_view type;          // 35
    std::string_view cl_ord_id;     // 11
    std::string_view exec_type;     // 150
    std::string_view test_req_id;   // 112
    std::uint64_t seq_num = 0;      // 34
    std::uint64_t new_seq_num = 0;  // 36
    bool poss_resend = false;       // 97
};

/// Length of the first whole message in `bytes`, or 0 while it is incomplete. Throws LoadFailure when the frame or
/// its checksum is wrong.
std::size_t whole_message_length(std::string_view bytes);

ReceivedMessage read_message(std::string_view text);

/// Writes the messages of one session. A message is begun, filled field by field and finished, which appends it
/// to the output with its length and checksum.
class MessageWriter {
  public:
    MessageWriter(std::string_view sender, std::string_view target);

    void begin(std::string_view type, std::uint64_t seq_num);
    void add(std::string_view tag, std::string_view value);
    void add(std::string_view tag, std::uint64_t value);
    void finish(std::string& output);

  private:
    std::string comp_ids_;
    std::string body_;
};

}  // namespace bench
