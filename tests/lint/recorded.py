"""What was recorded never changes: a folder of tests/journals is added, and later removed, but not written again; a file
of the FIX room's encodings only grows."""

import os
import subprocess

FOLDER = "tests/journals"
ENCODINGS = "tests/unit/fix/encodings"


def check_recorded_journals(tree):
    if not os.path.isdir(os.path.join(tree.root, FOLDER)):
        return
    recorded = [path for path in tree.paths if path.startswith(FOLDER) and path.count("/") > FOLDER.count("/") + 1]
    for path in recorded:
        if _changed_since_it_was_added(tree.root, path):
            yield f"{path}: it was recorded and has changed since; raise the number and record another folder"


def check_recorded_encodings(tree):
    if not os.path.isdir(os.path.join(tree.root, ENCODINGS)):
        return
    for path in tree.paths:
        if path.startswith(ENCODINGS + "/") and _lost_a_line(tree.root, path):
            yield f"{path}: a message that was sent like this must be sent again like this; the line is gone"


def _lost_a_line(root, path):
    """Of a copy without history there is nothing to say."""
    committed = subprocess.run(["git", "log", "-p", "--diff-filter=M", "--format=", "--", path], cwd=root,
                               capture_output=True, check=False, text=True).stdout
    differing = subprocess.run(["git", "diff", "HEAD", "--", path], cwd=root, capture_output=True, check=False,
                               text=True).stdout
    return any(line.startswith("-") and not line.startswith("---") for line in (committed + differing).splitlines())


def _changed_since_it_was_added(root, path):
    """Of a copy without history there is nothing to say."""
    changes = ["git", "log", "-1", "--format=%h", "--diff-filter=M", "--", path]
    committed = subprocess.run(changes, cwd=root, capture_output=True, check=False, text=True).stdout
    differing = subprocess.run(["git", "diff", "--name-only", "--diff-filter=M", "HEAD", "--", path], cwd=root,
                               capture_output=True, check=False, text=True).stdout
    return bool(committed or differing)
