"""The files that a check reads, and C++ and SQL with everything silent in them blanked out."""

import os
import re
import subprocess


class Tree:
    """A folder and the paths in it that belong to the project."""

    def __init__(self, root, paths=None):
        self.root = root
        self.paths = sorted(self._list() if paths is None else paths)

    def _list(self):
        listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=self.root,
                                 capture_output=True, check=True, text=True).stdout
        return {path for path in listing.split("\0") if path and os.path.isfile(os.path.join(self.root, path))}

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def ending(self, *suffixes, under=""):
        return [path for path in self.paths if path.startswith(under) and path.endswith(suffixes)]


# A line comment, a block comment, a raw string, a string, or a character; digits may hold a ' too.
_SILENT = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)


def cpp_code(text):
    """The text with comments and literals blanked; every line keeps its number."""
    return _SILENT.sub(blank, text)


def sql_code(text):
    return re.sub(r"--[^\n]*|/\*.*?\*/", blank, text, flags=re.DOTALL)


def blank(match):
    """Spaces for everything but the ends of lines."""
    return re.sub(r"[^\n]", " ", match.group())


def line_of(text, position):
    return text.count("\n", 0, position) + 1
