#include "venue/engine/order_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace venue::engine {
namespace {

using model::ClOrdId;
using model::OrderId;
using model::ParticipantId;

constexpr ParticipantId alice{1};
constexpr ParticipantId bob{2};

model::Order order(std::int64_t id, ParticipantId participant, const std::string& name) {
    model::Order order;
    order.id = OrderId{id};
    order.participant = participant;
    order.cl_ord_id = ClOrdId{name};
    return order;
}

std::int64_t found(const OrderTable& table, ParticipantId participant, const std::string& name) {
    const KnownOrder* known = table.find(participant, ClOrdId{name});
    return known == nullptr ? 0 : known->order.id.value;
}

TEST(OrderTable, finds_an_order_by_its_id_and_by_its_participant_s_name_for_it) {
    OrderTable table;
    table.add(order(7, alice, "a"));
    table.add(order(9, bob, "a"));
    EXPECT_EQ(table.find(OrderId{7})->order.participant, alice);
    EXPECT_EQ(table.find(OrderId{8}), nullptr);
    EXPECT_EQ(found(table, alice, "a"), 7);
    EXPECT_EQ(found(table, bob, "a"), 9);
    EXPECT_EQ(found(table, ParticipantId{3}, "a"), 0);
    EXPECT_EQ(table.size(), 2U);
}

TEST(OrderTable, a_renamed_order_answers_to_its_latest_hundred_and_one_names) {
    OrderTable table;
    KnownOrder& renamed = table.add(order(1, alice, "n0"));
    for (int at = 1; at <= 101; ++at) table.rename(renamed, ClOrdId{"n" + std::to_string(at)});
    EXPECT_EQ(found(table, alice, "n0"), 0) << "the oldest is free";
    for (int at = 1; at <= 101; ++at) EXPECT_EQ(found(table, alice, "n" + std::to_string(at)), 1);
    table.add(order(2, alice, "n0"));
    EXPECT_EQ(found(table, alice, "n0"), 2);
}

TEST(OrderTable, a_forgotten_order_leaves_nothing_behind_and_its_place_is_taken_again) {
    OrderTable table;
    KnownOrder& forgotten = table.add(order(1, alice, "old"));
    const auto place = forgotten.place;
    table.rename(forgotten, ClOrdId{"new"});
    table.remove(forgotten);
    EXPECT_EQ(table.find(OrderId{1}), nullptr);
    EXPECT_EQ(found(table, alice, "old"), 0);
    EXPECT_EQ(found(table, alice, "new"), 0);
    const KnownOrder& next = table.add(order(2, alice, "old"));
    EXPECT_EQ(next.place, place);
    EXPECT_TRUE(next.earlier_names.empty());
    EXPECT_EQ(table.size(), 1U);
}

TEST(OrderTable, an_order_that_is_expected_is_found_by_no_other_id_and_not_once_it_is_forgotten) {
    OrderTable table;
    KnownOrder& expected = table.add(order(16, alice, "a"));
    table.add(order(32, alice, "b"));
    table.expect(expected);
    EXPECT_EQ(table.find(OrderId{16}), &expected);
    EXPECT_EQ(table.find(OrderId{32})->order.id, OrderId{32}) << "another of the same slot";
    EXPECT_EQ(table.find(OrderId{48}), nullptr);
    table.remove(expected);
    EXPECT_EQ(table.find(OrderId{16}), nullptr);
    EXPECT_EQ(table.find(OrderId{}), nullptr) << "what is forgotten has no id";
}

TEST(OrderTable, names_that_differ_in_any_character_are_kept_apart) {
    const std::string longest(ClOrdId::size_max, 'n');
    OrderTable table;
    table.add(order(1, alice, longest));
    for (std::size_t at = 0; at < longest.size(); ++at) {
        std::string other = longest;
        other[at] = 'o';
        table.add(order(static_cast<std::int64_t>(at) + 2, alice, other));
        EXPECT_EQ(found(table, alice, other), static_cast<std::int64_t>(at) + 2);
        EXPECT_EQ(found(table, alice, longest.substr(0, at)), 0);
    }
    EXPECT_EQ(found(table, alice, longest), 1);
}

TEST(OrderTable, orders_stay_where_they_are_and_are_found_while_it_grows_and_shrinks) {
    constexpr std::int64_t count = 50'000;
    OrderTable table;
    const KnownOrder* const first = &table.add(order(1, alice, "n1"));
    for (std::int64_t id = 2; id <= count; ++id) table.add(order(id, alice, "n" + std::to_string(id)));
    EXPECT_EQ(table.find(OrderId{1}), first);
    for (std::int64_t id = 2; id <= count; id += 2) table.remove(*table.find(OrderId{id}));
    for (std::int64_t id = 1; id <= count; ++id) {
        const bool is_there = id % 2 == 1;
        ASSERT_EQ(table.find(OrderId{id}) != nullptr, is_there) << id;
        ASSERT_EQ(found(table, alice, "n" + std::to_string(id)), is_there ? id : 0);
    }
    std::int64_t walked = 0;
    table.each([&](const KnownOrder&) { ++walked; });
    EXPECT_EQ(walked, count / 2);
}

TEST(OrderIndex, keeps_apart_what_has_the_same_hash_however_much_that_is) {
    constexpr std::uint64_t hash = std::uint64_t{42} << 32;
    OrderIndex index;
    for (OrderIndex::Place place = 1; place <= 1'000; ++place) index.insert(hash, place);
    for (OrderIndex::Place place = 1; place <= 1'000; place += 2) index.erase(hash, place);
    for (OrderIndex::Place place = 1; place <= 1'000; ++place) {
        const auto found = index.find(hash, [&](OrderIndex::Place at) { return at == place; });
        ASSERT_EQ(found, place % 2 == 0 ? place : 0);
    }
    EXPECT_EQ(index.find(2 * hash, [](OrderIndex::Place) { return true; }), 0U);
}

}  // namespace
}  // namespace venue::engine
