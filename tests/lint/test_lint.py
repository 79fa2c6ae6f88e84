"""Each check is shown to fail on a planted fault, and to be silent where there is none."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from includes import TABLE, check_includes  # noqa: E402
from lengths import ALLOWED, FILE_LINES_MAX, check_lengths, cpp_functions  # noqa: E402
from matrices import DOCUMENT, MATRICES, check_order_states  # noqa: E402
from migrations import check_migrations  # noqa: E402
from named_tests import check_named_tests  # noqa: E402
from recorded import check_recorded_encodings, check_recorded_journals  # noqa: E402
from told_values import ENCODINGS, SPEC, check_told_values  # noqa: E402
from tree import Tree, cpp_code  # noqa: E402
from words import (check_floating_point, check_leftovers, check_lock_files, check_placeholders,  # noqa: E402
                   check_type_names)

LONG_BODY = "    step();\n" * 75
LONG_FUNCTION = "namespace venue {\n\nint Type::walk(int a) const {\n" + LONG_BODY + "}\n\n}\n"


class LintTest(unittest.TestCase):
    def faults(self, check, files):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text)
            return list(check(Tree(root, files)))

    def assert_faults(self, check, files, *texts):
        faults = self.faults(check, files)
        self.assertEqual(len(faults), len(texts), faults)
        for fault, text in zip(faults, texts):
            self.assertIn(text, fault)


class IncludesTest(LintTest):
    def test_a_room_sees_the_model_itself_and_the_standard_library(self):
        source = '#include <vector>\n#include "venue/model/event.hpp"\n#include "venue/engine/book.hpp"\n'
        self.assert_faults(check_includes, {"venue/engine/book.cpp": source, TABLE: ""})

    def test_another_room_and_another_rooms_vendor_are_faults(self):
        source = '#include "venue/fix/decode.hpp"\n#include <pqxx/pqxx>\n'
        self.assert_faults(check_includes, {"venue/engine/book.cpp": source, TABLE: "journal pqxx/*\n",
                                            "venue/journal/append.cpp": "#include <pqxx/pqxx>\n"},
                           "venue/engine/book.cpp:1", "venue/engine/book.cpp:2")

    def test_an_entry_that_nothing_needs_is_a_fault(self):
        self.assert_faults(check_includes, {"venue/engine/book.cpp": "", TABLE: "engine pqxx/*\n"}, "delete the line")

    def test_only_the_files_that_join_the_rooms_know_several(self):
        source = '#include "venue/engine/engine.hpp"\n'
        self.assert_faults(check_includes, {"venue/pipeline.cpp": source, "venue/main.cpp": source,
                                            TABLE: "pipeline venue/*\n"}, "venue/main.cpp:1")


class LengthsTest(LintTest):
    def test_a_long_function_is_a_fault(self):
        self.assert_faults(check_lengths, {"venue/a.cpp": LONG_FUNCTION}, "venue/a.cpp:3: Type::walk has 77 lines")
        self.assert_faults(check_lengths, {"a.py": "def walk():\n" + "    step()\n" * 75}, "a.py:1: walk has 76 lines")

    def test_a_long_file_is_a_fault(self):
        self.assert_faults(check_lengths, {"a.sql": "select 1;\n" * (FILE_LINES_MAX + 1)}, "file has 401 lines")

    def test_the_list_of_exceptions_only_shrinks(self):
        files = {"venue/a.cpp": LONG_FUNCTION, ALLOWED: "venue/a.cpp Type::walk 77\n"}
        self.assert_faults(check_lengths, files)
        self.assert_faults(check_lengths, {**files, ALLOWED: "venue/a.cpp Type::walk 78\n"}, "lower")
        self.assert_faults(check_lengths, {**files, ALLOWED: "venue/a.cpp Type::walk 76\n"}, "more than 76")
        self.assert_faults(check_lengths, {"venue/a.cpp": "", ALLOWED: "venue/a.cpp gone 90\n"}, "no longer exists")

    def test_functions_are_found_wherever_they_stand(self):
        source = """\
#define LOG(x) do { print(x); } while (0)
namespace venue::fix {
struct Port final : public Base<int (*)(int)> {
    explicit Port(int n) : n_{n}, m_(n) {
        if (n) { loop(); }
    }
    bool operator==(const Port& other) const { return n_ == other.n_; }
    int n_{3};
};
const std::map<int, int> table = {
    {1, 2},
};
auto pick = [](int a) { return a; };
template <typename T>
    requires std::integral<T>
T twice(T value) {
    return value * 2;  // not the } of it
}
}
"""
        found = [(name, line) for name, line, _ in cpp_functions(source)]
        self.assertIn(("Port", 4), found)
        self.assertIn(("operator==", 7), found)
        self.assertIn(("twice", 14), [(name, line) for name, line in found if name != "requires"])
        self.assertNotIn("if", [name for name, _ in found])


class WordsTest(LintTest):
    def test_floating_point_near_money_is_a_fault_but_not_in_words(self):
        source = "double price;\n// a double is refused\nconst char* text = \"float\";\nint doubled;\n"
        self.assert_faults(check_floating_point, {"venue/engine/a.cpp": source}, "venue/engine/a.cpp:1")
        self.assert_faults(check_floating_point, {"venue/fix/decode_order.hpp": "float x;"}, "venue/fix/decode_order.hpp:1")
        self.assert_faults(check_floating_point, {"sql/001.sql": "-- not real\ncreate table t (p double precision);"}, "sql/001.sql:2")
        self.assert_faults(check_floating_point, {"tests/bench/a.cpp": source})

    def test_leftovers_are_faults(self):
        self.assert_faults(check_leftovers, {"venue/a.cpp": "// TODO later\n// good enough for now\n"}, "a.cpp:1", "a.cpp:2")
        self.assert_faults(check_leftovers, {"venue/a.cpp": "// what is asked for is known now\n"})

    def test_vague_type_names_are_faults(self):
        self.assert_faults(check_type_names, {"venue/a.hpp": "class OrderManager;\nstruct SessionInfo {};\nstruct Order {};"},
                           "OrderManager", "SessionInfo")

    def test_a_host_in_a_lock_file_is_a_fault(self):
        self.assert_faults(check_lock_files, {"tests/package-lock.json": '{\n"resolved": "https://example.org/a.tgz"}'}, ":2:")
        self.assert_faults(check_lock_files, {"tests/package-lock.json": '{"url": "https://example.org/funding"}'})

    def test_two_migrations_of_one_number_and_a_gap_are_faults(self):
        first = {"sql/migrations/0001_a.sql": "select 1"}
        self.assert_faults(check_migrations, {**first, "sql/migrations/0001_b.sql": "select 1"}, "0001_b.sql")
        self.assert_faults(check_migrations, {**first, "sql/migrations/0003_b.sql": "select 1"}, "0003_b.sql")
        self.assert_faults(check_migrations, {**first, "sql/migrations/0002_b.sql": "select 1"})

    def test_empty_files_and_placeholders_are_faults(self):
        self.assert_faults(check_placeholders, {"a/.gitkeep": "", "b.cpp": "\n", "c.cpp": "int c;"}, "placeholder", "empty")

    def test_a_document_that_names_no_test_of_that_name_or_file_is_a_fault(self):
        files = {"docs/a.md": "`tests/a.py: test_it`\n`tests/a.py: test_that`\n`tests/b.py: test_it`", "tests/a.py": "def test_it():"}
        self.assert_faults(check_named_tests, files, "a.md:2", "a.md:3")


class ToldValuesTest(LintTest):
    def test_a_recorded_value_that_isnt_marked_as_told_is_a_fault_where_others_are(self):
        spec = ('<fix xmlns:v="urn:venue:fix-spec"><fields><field number="39"><value enum="0" v:use="told"/>'
                '<value enum="A"/></field><field number="54"><value enum="1"/></field></fields></fix>')
        self.assert_faults(check_told_values, {SPEC: spec, ENCODINGS[0]: "35=8|39=0|54=1|\n35=8|39=A|54=2|\n"},
                           "4.4.txt:2: 39=A")


class OrderStatesTest(LintTest):
    SCENARIO = "tests/scenario/scripts/filled.scenario"

    def assert_row_faults(self, last_cell, *texts, matrices=tuple(MATRICES[:-1])):
        """The last matrix has the cell, all others a reason."""
        cells = {**dict.fromkeys(matrices, "Doesn't occur: nobody asks for it."), MATRICES[-1]: last_cell}
        document = "".join(f"| {matrix} | It is filled. | {cell} |\n" for matrix, cell in cells.items())
        self.assert_faults(check_order_states, {DOCUMENT: document, self.SCENARIO: "# It is filled."}, *texts)

    def test_a_row_names_a_scenario_that_is_there_or_a_reason(self):
        self.assert_row_faults(f"[filled](../{self.SCENARIO})")
        self.assert_row_faults("Doesn't occur: nobody asks for it.")

    def test_a_row_without_either_is_a_fault(self):
        self.assert_row_faults("Doesn't occur.", "names no scenario")
        self.assert_row_faults("filled", "names no scenario")

    def test_a_scenario_that_is_gone_or_somewhere_else_is_a_fault(self):
        self.assert_row_faults("[gone](../tests/scenario/scripts/gone.scenario)", "isn't there")
        self.assert_row_faults(f"[rests](../{self.SCENARIO})", "isn't there")

    def test_a_row_that_is_missing_is_a_fault_and_so_is_the_document(self):
        self.assert_row_faults("Doesn't occur: nobody asks for it.", "the rows must be", matrices=tuple(MATRICES[1:-1]))
        self.assert_faults(check_order_states, {"docs/a.md": "A"}, "missing")


class BlankingTest(unittest.TestCase):
    def test_every_line_keeps_its_number(self):
        source = "int a; /* {\n{ */ char b = '{'; auto c = R\"x({\n})x\"; int d = 1'000'000; // {\n}"
        self.assertEqual(cpp_code(source).count("\n"), source.count("\n"))
        self.assertNotIn("{", cpp_code(source))
        self.assertIn("1'000'000", cpp_code(source))


class RecordedJournalsTest(unittest.TestCase):
    PATH = "tests/journals/0.1.0/state"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.git("init", "-q")
        self.record("1 4 77\n")

    def git(self, *words):
        names = ["-c", "user.name=a", "-c", "user.email=a@b.invalid"]
        subprocess.run(["git", *names, *words], cwd=self.root, check=True)

    def write(self, text):
        path = os.path.join(self.root, self.PATH)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def record(self, text):
        self.write(text)
        self.git("add", self.PATH)
        self.git("commit", "-qm", "recorded")

    def faults(self):
        return list(check_recorded_journals(Tree(self.root)))

    def test_what_was_recorded_and_left_alone_is_none(self):
        self.assertEqual(self.faults(), [])

    def test_what_was_written_again_is_a_fault_before_and_after_its_commit(self):
        self.write("1 4 78")
        self.assertEqual(len(self.faults()), 1)
        self.git("commit", "-qam", "recorded anew")
        self.assertEqual(len(self.faults()), 1)


class RecordedEncodingsTest(RecordedJournalsTest):
    PATH = "tests/unit/fix/encodings/4.4.txt"

    def faults(self):
        return list(check_recorded_encodings(Tree(self.root)))

    def test_lines_that_are_added_are_none(self):
        self.record("0 3 66\n1 4 77\n")
        self.assertEqual(self.faults(), [])


if __name__ == "__main__":
    unittest.main()
