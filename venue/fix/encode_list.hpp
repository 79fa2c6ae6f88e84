// ListStatus (35=N): how a list of orders stands.
#pragma once

#include "venue/fix/encode.hpp"

namespace venue::fix {

/// Of a list that was just entered, or declined.
void encode_list_report(const model::ListReported& report, const model::Event& event, const model::Reference& reference,
                        const Header& header, std::string& out);
/// Of one that was asked for.
void encode_list_answer(const model::ListAnswer& answer, const model::Reference& reference, const Header& header,
                        std::string& out);

}  // namespace venue::fix
