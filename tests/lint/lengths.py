"""How long functions and files may be. What is longer stands in a list that can only shrink."""

import ast
import re

from tree import blank, cpp_code, line_of

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 400
ALLOWED = "tests/lint/allowed_lengths.txt"

_SCOPE = re.compile(r"\s*((public|private|protected)\s*:|template\s*<.*?>|inline\b|\s)*"
                    r"(namespace|class|struct|union|enum|extern)\b", re.DOTALL)
_PREPROCESSOR = re.compile(r"^[ \t]*#[^\n]*(?:\\\n[^\n]*)*", re.MULTILINE)
_FUNCTION_NAME = re.compile(r"([\w~:]+|operator\s*\S+?)\s*\(")


def check_lengths(tree):
    allowed = _read_allowed(tree)
    seen = set()
    for path, name, line, length, length_max in _everything(tree):
        key = (path, name)
        seen.add(key)
        if length > allowed.get(key, length_max):
            yield f"{path}:{line}: {name} has {length} lines, more than {allowed.get(key, length_max)}"
        elif key in allowed and length < allowed[key]:
            yield f"{ALLOWED}: {path} {name} has only {length} lines now; lower or delete its entry"
    for path, name in allowed.keys() - seen:
        yield f"{ALLOWED}: {path} {name} no longer exists; delete its entry"


def _everything(tree):
    for path in tree.ending(".cpp", ".hpp", ".py", ".sh", ".sql", ".mjs", ".js") + [p for p in tree.paths if p == "dev"]:
        text = tree.read(path)
        yield path, "file", 1, text.count("\n"), FILE_LINES_MAX
        functions = cpp_functions(text) if path.endswith((".cpp", ".hpp")) else []
        functions = python_functions(text) if path.endswith(".py") else functions
        for name, line, length in functions:
            yield path, name, line, length, FUNCTION_LINES_MAX


def cpp_functions(text):
    """Yields (name, first line, lines) of each function body that no other function encloses. Reads
    braces as clang-format writes them: a type, a namespace and a body have a space before theirs, a
    braced value has none."""
    code = _PREPROCESSOR.sub(blank, cpp_code(text))
    head_start, stack = 0, []
    for match in re.finditer(r"[{};]", code):
        position = match.start()
        if match.group() == "{":
            stack.append(_opened(code, head_start, position, stack))
        elif match.group() == "}" and stack:
            closed = stack.pop()
            if isinstance(closed, tuple):
                name, line = closed
                yield name, line, line_of(code, position) - line + 1
            if closed == VALUE:
                continue
        if VALUE not in stack:
            head_start = position + 1


SCOPE, VALUE, INSIDE = "scope", "value", "inside"


def _opened(code, head_start, position, stack):
    """What a brace opens: SCOPE where functions live, VALUE for a braced value, INSIDE for everything
    in functions, and for a function its (name, line)."""
    head = code[head_start:position]
    if any(opened != SCOPE for opened in stack):
        return INSIDE
    if _SCOPE.match(head):
        return SCOPE
    name = _FUNCTION_NAME.search(head)
    if not name or not head[-1].isspace() or head.rstrip().endswith(("=", ",")):
        return VALUE
    first = head_start + len(head) - len(head.lstrip())
    return name.group(1), line_of(code, first)


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def _read_allowed(tree):
    """Lines of `path name lines`."""
    if ALLOWED not in tree.paths:
        return {}
    lines = [line.split("#")[0].split() for line in tree.read(ALLOWED).splitlines()]
    return {(line[0], line[1]): int(line[2]) for line in lines if line}
