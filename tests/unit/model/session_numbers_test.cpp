// What a group says of the sessions' numbers.
#include "venue/model/session_numbers.hpp"

#include <gmock/gmock.h>

namespace venue::model {
namespace {

using testing::ElementsAre;

SessionNumbers numbers(int session, int incarnation, std::int64_t judged, std::int64_t reserved, std::int64_t written) {
    return {SessionId{session}, Incarnation{incarnation}, judged, reserved, Sequence{written}};
}

TEST(SessionNumbers, stand_once_for_each_session_and_incarnation_in_their_order) {
    std::vector<SessionNumbers> gathered;
    for (const int session : {3, 1, 2, 3}) add_numbers(gathered, numbers(session, 2, 1, 0, 0));
    add_numbers(gathered, numbers(3, 1, 9, 0, 0));
    EXPECT_THAT(gathered, ElementsAre(numbers(1, 2, 1, 0, 0), numbers(2, 2, 1, 0, 0), numbers(3, 1, 9, 0, 0),
                                      numbers(3, 2, 1, 0, 0)));
}

TEST(SessionNumbers, only_grow) {
    std::vector<SessionNumbers> gathered;
    add_numbers(gathered, numbers(1, 1, 5, 100, 0));
    add_numbers(gathered, numbers(1, 1, 7, 50, 2));
    add_numbers(gathered, numbers(1, 1, 0, 0, 0));
    EXPECT_THAT(gathered, ElementsAre(numbers(1, 1, 7, 100, 2)));
}

}  // namespace
}  // namespace venue::model
