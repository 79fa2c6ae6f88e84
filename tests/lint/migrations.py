"""Migrations are numbered from 1 without a gap, or `venue migrate` refuses all of them."""

import os


def check_migrations(tree):
    paths = sorted(path for path in tree.ending(".sql") if path.startswith("sql/migrations/"))
    for number, path in enumerate(paths, start=1):
        if not os.path.basename(path).startswith(f"{number:04}_"):
            yield f"{path}: its number must be {number:04}: take the next free one"
            return
