// The SQL files of a folder.
#pragma once

#include <string>
#include <vector>

namespace venue::journal {

struct SqlFile {
    std::string name;  ///< Without folder and ".sql".
    std::string text;
};

/// The folder's *.sql files by name, in order. Throws JournalUnreadable when the folder or a file can't be read.
std::vector<SqlFile> sql_files(const std::string& folder);

/// One file's text; empty when there is no such file. Throws JournalUnreadable when it can't be read.
std::string sql_text(const std::string& path);

}  // namespace venue::journal
