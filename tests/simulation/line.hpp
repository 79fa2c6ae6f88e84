// A connection between one participant and a venue: a pair of sockets in this process. What the venue has written lies
// on the line until the participant reads it, in pieces as small as chance wants, and may be lost there.
#pragma once

#include <string>
#include <string_view>

namespace venue::simulation {

class Line {
  public:
    Line();
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// The venue's end; whoever takes it closes it.
    [[nodiscard]] int take_far_end();

    void send(std::string_view bytes);
    /// At most so many of the bytes that lie on the line.
    std::string receive(std::size_t most);
    /// How many bytes lie on the line.
    std::size_t waiting();
    /// The venue has closed, and everything that it wrote before was received.
    [[nodiscard]] bool has_ended() { return waiting() == 0 && far_end_closed_; }
    /// The venue is gone, and what lies behind the first `kept` bytes with it; returns what is lost.
    std::string cut(std::size_t kept);

  private:
    void pull();

    int near_ = -1;
    int far_ = -1;
    bool far_end_closed_ = false;
    bool is_cut_ = false;
    std::string arrived_;
};

}  // namespace venue::simulation
