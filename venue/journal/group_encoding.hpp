// A group as the parameters of venue.append_group: four arrays of rows.
#pragma once

#include <string>

#include "venue/model/request.hpp"

namespace venue::journal {

/// The row types' numbers, which the server gave when the tables were created.
struct RowTypes {
    std::uint32_t events = 0;
    std::uint32_t postings = 0;
    std::uint32_t session_numbers = 0;
    std::uint32_t outbound = 0;
};

std::string encode_events(const std::vector<model::Event>& events, std::uint32_t row_type);
std::string encode_postings(const std::vector<model::Posting>& postings, std::uint32_t row_type);
std::string encode_numbers(const std::vector<model::SessionNumbers>& numbers, std::uint32_t row_type);
std::string encode_outbound(const std::vector<model::OutboundRun>& runs, std::uint32_t row_type);

}  // namespace venue::journal
