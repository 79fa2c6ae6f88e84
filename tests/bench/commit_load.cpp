// commit_load DATABASE-URL ROWS: commits so many single rows one after the other, and prints the median in nanoseconds.
#include "tests/bench/row_commits.hpp"

#include <cstdio>
#include <exception>
#include <iostream>

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: commit_load DATABASE-URL ROWS\n");
        return 64;
    }
    try {
        bench::RowCommits commits(arguments[1]);
        std::cout << commits.commit(std::stoi(arguments[2])).percentile_ns(500) << '\n';
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "commit_load: %s\n", failure.what());
        return 1;
    }
}
