#include "venue/engine/book/report.hpp"

namespace venue::engine::book {

std::string_view name(ReportKind kind) {
    switch (kind) {
        case ReportKind::accepted:
            return "accepted";
        case ReportKind::traded:
            return "traded";
        case ReportKind::cancelled:
            return "cancelled";
        case ReportKind::modified:
            return "modified";
        case ReportKind::rejected:
            return "rejected";
    }
    return "unknown";
}

std::string_view name(Reason reason) {
    switch (reason) {
        case Reason::none:
            return "none";
        case Reason::quantity_must_be_positive:
            return "quantity_must_be_positive";
        case Reason::side_is_unknown:
            return "side_is_unknown";
        case Reason::instruction_is_unknown:
            return "instruction_is_unknown";
        case Reason::instruction_must_rest:
            return "instruction_must_rest";
        case Reason::id_is_live:
            return "id_is_live";
        case Reason::id_is_unknown:
            return "id_is_unknown";
        case Reason::post_only_would_trade:
            return "post_only_would_trade";
        case Reason::fok_not_fillable:
            return "fok_not_fillable";
        case Reason::no_match_left:
            return "no_match_left";
        case Reason::level_is_full:
            return "level_is_full";
        case Reason::book_is_full:
            return "book_is_full";
    }
    return "unknown";
}

}  // namespace venue::engine::book
