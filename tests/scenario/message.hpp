// A FIX message as scripts see it: fields in their order, without header and trailer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenario {

struct Field {
    int tag = 0;
    std::string value;
};

struct Message {
    std::string type;
    std::vector<Field> fields;
};

/// The whole message with its header, ready for the wire. Nothing is checked: scripts send wrong messages too.
std::string to_wire(const Message& message, std::string_view sender, std::string_view target, int number,
                    std::string_view begin_string = "FIX.4.4");

/// Takes a whole message apart; fields of header and trailer are left out.
Message from_wire(std::string_view bytes);

/// "8 ExecType=0 OrdStatus=0 …" with the names of fields.
std::string shown(const Message& message);

}  // namespace scenario
