#include "venue/fix/resend.hpp"

#include "venue/fix/message_writer.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

Header header_of(const ResendStretch& stretch, std::int64_t number) {
    return {stretch.sender, stretch.target, number, stretch.now, true, false, stretch.now, stretch.dialect};
}

/// SequenceReset-GapFill: nothing is to be had from `number` up to `next`.
void fill_gap(const ResendStretch& stretch, std::int64_t number, std::int64_t next, std::string& out) {
    if (number >= next) return;
    MessageWriter message(out, "4", header_of(stretch, number));
    message.integer(tag::new_seq_no, next).letter(tag::gap_fill_flag, 'Y').finish();
}

}  // namespace

ResendPage resend_page(const ResendStretch& stretch, const std::vector<model::SentEvent>& sent, bool all,
                       const model::Reference& reference) {
    ResendPage page{{}, stretch.first};
    std::string report;
    for (const auto& [as, event] : sent) {
        auto header = header_of(stretch, as.number);
        header.poss_resend = as.poss_resend;
        header.orig_sending_time = as.sending_time;
        report.clear();
        if (!encode_report(event, reference, header, report)) continue;
        fill_gap(stretch, page.next, as.number, page.bytes);
        page.bytes += report;
        page.next = as.number + 1;
    }
    const auto answered = all ? stretch.last : sent.back().as.number;
    fill_gap(stretch, page.next, answered + 1, page.bytes);
    page.next = answered + 1;
    return page;
}

}  // namespace venue::fix
