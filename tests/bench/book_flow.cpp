#include "tests/bench/book_flow.hpp"

#include "tests/bench/book_naive.hpp"

namespace bench {
namespace {

constexpr std::int64_t first_middle = 100'000;

/// splitmix64: small, and the same everywhere.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t word() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t below(std::uint64_t end) { return word() % end; }
    bool chance(std::uint64_t percent) { return below(100) < percent; }
    /// From 1 to 4,095, and each twice as far half as likely: the depth of real books falls off by a power.
    std::int64_t depth() {
        const std::uint64_t octave = below(12);
        return static_cast<std::int64_t>((std::uint64_t{1} << octave) + below(std::uint64_t{1} << octave));
    }

  private:
    std::uint64_t state_;
};

struct Deaf {
    void operator()(const Report& /*unused*/) const {}
};

class FlowWriter {
  public:
    FlowWriter(const Profile& profile, std::size_t message_count, std::uint64_t seed)
        : profile_(profile), message_count_(static_cast<std::int64_t>(message_count)), dice_(seed), book_(Deaf{}) {}

    Flow write() {
        Flow flow;
        // Passive orders only, so that as many rest as were asked for.
        while (book_.order_count() < profile_.resting) add(flow.first, passive());
        flow.messages.reserve(static_cast<std::size_t>(message_count_));
        for (std::int64_t at = 0; at < message_count_; ++at) {
            move_middle(at);
            add(flow.messages, next());
        }
        return flow;
    }

  private:
    void add(std::vector<Message>& messages, const Message& message) {
        play(book_, message);
        messages.push_back(message);
        if (message.kind == MessageKind::place && book_.open(message.id) != 0) live_.push_back(message);
    }

    void move_middle(std::int64_t at) {
        const std::int64_t amplitude = first_middle * profile_.swing_percent / 100;
        switch (profile_.path) {
            case Path::still:
                return;
            case Path::walk:
                middle_ += static_cast<std::int64_t>(dice_.below(41)) == 0 ? step() : 0;
                return;
            case Path::swing:
                middle_ = first_middle + amplitude * wave(at) / 10'000;
                return;
            case Path::crash:
                middle_ = first_middle - amplitude * fall(at * 1'000 / message_count_) / 100;
                return;
        }
    }
    std::int64_t step() { return dice_.chance(50) ? 1 : -1; }

    /// A triangle from 0 up to 10,000, down to -10,000 and back to 0.
    [[nodiscard]] std::int64_t wave(std::int64_t at) const {
        const std::int64_t phase = at * 40'000 / message_count_;
        if (phase < 10'000) return phase;
        return phase < 30'000 ? 20'000 - phase : phase - 40'000;
    }
    /// Percent of the way down: nothing for four tenths, then all of it within a hundredth, then slowly back.
    [[nodiscard]] static std::int64_t fall(std::int64_t per_mille) {
        if (per_mille < 400) return 0;
        if (per_mille < 410) return (per_mille - 399) * 10;
        return per_mille < 910 ? 100 - (per_mille - 410) / 5 : 0;
    }

    Message next() {
        if (profile_.symmetric) return next_symmetric();
        // Whoever quotes gets out of the way of a market that moves.
        if (threatened(Side::buy)) return pull(Side::buy);
        if (threatened(Side::sell)) return pull(Side::sell);
        if (dice_.chance(10)) return modification();
        return wants_cancel(44) ? cancel() : placement();
    }
    [[nodiscard]] bool threatened(Side side) const {
        const auto best = book_.best(side);
        if (!best) return false;
        return side == Side::buy ? best->price >= middle_ : best->price <= middle_;
    }
    Message pull(Side side) { return {book_.front(side), 0, 0, MessageKind::cancel, side, Instruction::rest}; }
    /// Likelier the more orders rest beyond what is wanted.
    bool wants_cancel(std::int64_t percent) {
        const auto resting = static_cast<std::int64_t>(book_.order_count());
        const auto wanted = static_cast<std::int64_t>(profile_.resting);
        return static_cast<std::int64_t>(dice_.below(100)) < percent + (resting - wanted) * 1'000 / wanted;
    }
    Message next_symmetric() {
        if (wants_cancel(10)) return cancel();
        const std::int64_t offset = static_cast<std::int64_t>(dice_.below(101)) - 50;
        return place(side(), middle_ + offset, quantity(10), Instruction::rest);
    }

    Message placement() {
        if (!dice_.chance(15)) return dice_.chance(5) ? post_only() : passive();
        const Side taking = side();
        const std::int64_t reach = dice_.chance(60) ? 8 : 0;
        return place(taking, middle_ + (taking == Side::buy ? reach : -reach), quantity(10),
                     dice_.chance(10) ? Instruction::fok : Instruction::ioc);
    }
    Message passive() {
        const Side resting = side();
        return place(resting, passive_price(resting), quantity(100), Instruction::rest);
    }
    Message post_only() {
        Message message = passive();
        message.instruction = Instruction::post_only;
        return message;
    }
    Message place(Side side, std::int64_t price, std::int64_t quantity, Instruction instruction) {
        return {dice_.word(), price, quantity, MessageKind::place, side, instruction};
    }
    std::int64_t passive_price(Side side) {
        return side == Side::buy ? middle_ - dice_.depth() : middle_ + dice_.depth();
    }

    Message cancel() {
        const std::size_t chosen = choose();
        Message message = live_[chosen];
        forget(chosen);
        message.kind = MessageKind::cancel;
        return message;
    }
    Message modification() {
        const std::size_t chosen = choose();
        Message& known = live_[chosen];
        const std::uint64_t way = dice_.below(3);
        if (way == 0) known.price = passive_price(known.side);
        const std::int64_t open = book_.open(known.id);
        known.quantity = way == 1 ? (open + 1) / 2 : quantity(100);
        Message message = known;
        message.kind = MessageKind::modify;
        message.instruction = Instruction::rest;
        return message;
    }

    /// A live order's place; what was filled meanwhile is forgotten on the way.
    std::size_t choose() {
        while (true) {
            const std::size_t chosen = any_or_recent();
            if (book_.open(live_[chosen].id) != 0) return chosen;
            forget(chosen);
        }
    }
    std::size_t any_or_recent() {
        const bool any = profile_.recent == 0 || live_.size() < profile_.recent || dice_.chance(20);
        if (any) return dice_.below(live_.size());
        return live_.size() - 1 - dice_.below(profile_.recent);
    }
    void forget(std::size_t chosen) {
        live_[chosen] = live_.back();
        live_.pop_back();
    }

    Side side() { return dice_.chance(50) ? Side::buy : Side::sell; }
    std::int64_t quantity(std::uint64_t most) { return 1 + static_cast<std::int64_t>(dice_.below(most)); }

    const Profile& profile_;
    std::int64_t message_count_;
    Dice dice_;
    NaiveBook<Deaf> book_;
    std::vector<Message> live_;  ///< What was placed and rested; some are gone by now.
    std::int64_t middle_ = first_middle;
};

}  // namespace

Flow draw_flow(const Profile& profile, std::size_t message_count, std::uint64_t seed) {
    return FlowWriter(profile, message_count, seed).write();
}

}  // namespace bench
