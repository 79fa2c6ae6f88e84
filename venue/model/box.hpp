// Room for something that most have not: empty it takes a pointer, and it copies and compares what is in it.
#pragma once

#include <memory>
#include <utility>

namespace venue::model {

template <class Thing>
class Box {
  public:
    Box() = default;
    Box(const Box& other) : thing_(other.thing_ ? std::make_unique<Thing>(*other.thing_) : nullptr) {}
    Box(Box&&) noexcept = default;
    Box& operator=(const Box& other) {
        // Most boxes are empty, and stay so.
        if (thing_ || other.thing_) *this = Box(other);
        return *this;
    }
    Box& operator=(Box&&) noexcept = default;
    ~Box() = default;

    /// Puts a thing in, in place of what was there.
    Thing& emplace(Thing thing = {}) {
        thing_ = std::make_unique<Thing>(std::move(thing));
        return *thing_;
    }
    [[nodiscard]] explicit operator bool() const { return thing_ != nullptr; }
    Thing& operator*() { return *thing_; }
    const Thing& operator*() const { return *thing_; }
    Thing* operator->() { return thing_.get(); }
    const Thing* operator->() const { return thing_.get(); }
    /// What is in it, or a thing of nothing but defaults.
    [[nodiscard]] const Thing& get() const {
        static const Thing none{};
        return thing_ ? *thing_ : none;
    }
    bool operator==(const Box& other) const {
        if (!thing_ || !other.thing_) return !thing_ && !other.thing_;
        return *thing_ == *other.thing_;
    }

  private:
    std::unique_ptr<Thing> thing_;
};

}  // namespace venue::model
