#include "venue/model/session_look.hpp"

namespace venue::model {

std::string_view name(SessionState state) {
    switch (state) {
        case SessionState::off:
            return "off";
        case SessionState::logging_on:
            return "logging on";
        case SessionState::on:
            return "on";
        case SessionState::logging_out:
            return "logging out";
        case SessionState::beginning_anew:
            return "beginning anew";
    }
    return "";
}

std::string_view name(SessionOrder order) {
    switch (order) {
        case SessionOrder::reset_numbers:
            return "reset-numbers";
        case SessionOrder::test_request:
            return "test-request";
        case SessionOrder::disconnect:
            return "disconnect";
    }
    return "";
}

}  // namespace venue::model
