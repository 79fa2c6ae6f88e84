// A table of a document, so that a test can play each of its rows and miss none.
#pragma once

#include <fstream>
#include <set>
#include <string>

namespace venue::test {

/// What stands in the first column of the tables of docs/`page`, without the titles.
inline std::set<std::string> documented_rows(const std::string& page) {
    std::ifstream file(std::string(DOCS_DIR) + "/" + page);
    std::set<std::string> rows;
    bool below_title = false;
    for (std::string line; std::getline(file, line);) {
        const bool is_rule = line.starts_with("| ---");
        if (below_title && line.starts_with("| ")) rows.insert(line.substr(2, line.find(" |", 2) - 2));
        below_title = is_rule || (below_title && line.starts_with("| "));
    }
    return rows;
}

}  // namespace venue::test
