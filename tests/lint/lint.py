"""The laws of the house that a program can judge. Prints each fault and exits with 1, or is silent.

    python3 tests/lint/lint.py [ROOT]
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from includes import check_includes  # noqa: E402
from lengths import check_lengths  # noqa: E402
from matrices import check_order_states  # noqa: E402
from migrations import check_migrations  # noqa: E402
from named_tests import check_named_tests  # noqa: E402
from recorded import check_recorded_encodings, check_recorded_journals  # noqa: E402
from told_values import check_told_values  # noqa: E402
from tree import Tree  # noqa: E402
from words import (check_floating_point, check_leftovers, check_lock_files, check_placeholders,  # noqa: E402
                   check_type_names)

CHECKS = (check_includes, check_lengths, check_floating_point, check_leftovers, check_type_names,
          check_lock_files, check_migrations, check_named_tests, check_order_states, check_placeholders,
          check_recorded_encodings, check_recorded_journals, check_told_values)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    tree = Tree(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(here)))
    faults = [fault for check in CHECKS for fault in check(tree)]
    for fault in faults:
        print(fault)
    print(f"lint: {len(tree.paths)} files, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
