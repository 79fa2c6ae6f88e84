// A table of a document, so that a test can play each of its rows and miss none.
#pragma once

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

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

/// The cells behind the first column, by it.
inline std::map<std::string, std::vector<std::string>> documented_cells(const std::string& page) {
    std::ifstream file(std::string(DOCS_DIR) + "/" + page);
    std::map<std::string, std::vector<std::string>> rows;
    bool below_title = false;
    for (std::string line; std::getline(file, line);) {
        const bool is_rule = line.starts_with("| ---");
        if (below_title && line.starts_with("| ")) {
            auto at = line.find(" |", 2);
            auto& cells = rows[line.substr(2, at - 2)];
            for (auto next = line.find(" |", at + 2); next != line.npos; next = line.find(" |", at + 2)) {
                cells.push_back(line.substr(at + 3, next - at - 3));
                at = next;
            }
        }
        below_title = is_rule || (below_title && line.starts_with("| "));
    }
    return rows;
}

}  // namespace venue::test
