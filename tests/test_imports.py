"""Imports point upstream: docs/developers.md says why, these tests keep it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ORDER = [
    "config", "errors", "upload_limits", "db", "clock", "history_verbs", "history", "history_queries", "text",
    "tables", "sandbox", "people",
    "mail", "meetings", "transcripts", "detector", "proposals", "items", "calendar", "agendas", "handovers",
    "updates", "exchange", "bulk", "search", "wording", "answers", "digests", "inbound", "reports", "triage",
    "assistant", "intake", "erasure", "seed", "jobs",
    "web.app", "web.account", "web.items", "web.answers", "web.transcripts", "web.triage", "web.people", "web.calendar",
    "web.mail", "web.reports", "web.home", "web", "cli",
]  # fmt: skip
#: what imports by name: the child of the sandbox, and the commands, of which each run needs one
BY_STRING = {"tracker.cli", "tracker.sandbox.child_process"}
FLASK_USERS = {"tracker", "mail", "web", "cli"}
ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))


def home(dotted: str) -> str:
    """Name the folder or file below `tracker` that a module lives in; below `web` the folder there."""
    parts = dotted.split(".")
    if ".".join(parts[1:3]) in ORDER:
        return ".".join(parts[1:3])
    return parts[1] if len(parts) > 1 and parts[1] in ORDER else parts[0]


def dotted_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(node: ast.AST, package: list[str]) -> Iterator[str]:
    """Yield the dotted names an import statement brings, relative ones made absolute."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = package[: len(package) - node.level + 1] if node.level else []
        source = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{source}.{alias.name}" for alias in node.names)


def imports_of(source: str, name: str, *, is_package: bool = False) -> Iterator[str]:
    package = name.split(".") if is_package else name.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        yield from imported(node, package)


def points_downstream(name: str, target: str) -> bool:
    here, there = home(name), home(target)
    if here not in ORDER or not target.startswith("tracker."):
        return False
    return there not in ORDER or ORDER.index(there) > ORDER.index(here)


def uses_flask_where_it_may_not(name: str, target: str) -> bool:
    top = target.split(".")[0]
    if home(name) == "people" and top == "flask_login":
        return False  # the account table takes its UserMixin
    return top.startswith("flask") and home(name).partition(".")[0] not in FLASK_USERS


def faults(is_fault: Callable[[str, str], bool]) -> list[str]:
    """Name every import of the program that is a fault."""
    return [
        f"{name} imports {target}"
        for path in MODULES
        for name in [dotted_name(path)]
        for target in imports_of(path.read_text(encoding="utf-8"), name, is_package=path.name == "__init__.py")
        if is_fault(name, target)
    ]


def unexplained_imports(source: str) -> list[int]:
    """Return the lines of imports inside functions without a comment line above them, or above those they follow."""
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    imports = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    lines = [line.strip() for line in source.splitlines()]
    return [node.lineno for node in imports if not is_explained(lines, node.lineno - 1)]


def is_explained(lines: list[str], index: int) -> bool:
    while lines[index].startswith(("import ", "from ")):
        index -= 1
    return lines[index].startswith("# ")


def test_a_module_imports_only_from_upstream() -> None:
    assert faults(points_downstream) == []


def test_only_the_edges_import_flask() -> None:
    assert faults(uses_flask_where_it_may_not) == []


def test_a_comment_explains_every_import_inside_a_function() -> None:
    unexplained = {dotted_name(path): unexplained_imports(path.read_text(encoding="utf-8")) for path in MODULES}
    assert {name: lines for name, lines in unexplained.items() if lines} == {}


def test_an_import_inside_a_function_needs_a_comment() -> None:
    assert unexplained_imports("def read() -> None:\n    import docx\n") == [2]
    assert unexplained_imports("def read() -> None:\n    # It costs 30 MB.\n    import docx\n") == []


def test_no_import_is_a_string() -> None:
    by_string = {path for path in MODULES if "import_module(" in path.read_text(encoding="utf-8")}
    assert {dotted_name(path) for path in by_string} == BY_STRING


def test_every_module_has_its_place_in_the_order() -> None:
    names = [dotted_name(path) for path in MODULES]
    assert len(names) > 20
    assert [name for name in names if name != "tracker" and home(name) not in ORDER] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("tracker.people.queries", "from tracker.items.models import Item"),
        ("tracker.people.queries", "from ..items import models"),
        ("tracker.mail.outbox", "from tracker import items"),
        ("tracker.db", "import tracker.web.views"),
        ("tracker.web.items.pages", "from tracker.web.people import directory"),
        ("tracker.items.due", "def pdf():\n    # It is large.\n    from tracker.reports import print"),
    ],
)
def test_the_rule_sees_an_import_that_points_downstream(name: str, line: str) -> None:
    assert [t for t in imports_of(line, name) if points_downstream(name, t)]


@pytest.mark.parametrize("line", ["from tracker.items import models", "from . import models", "from ..people import x"])
def test_the_rule_lets_the_own_folder_and_upstream_pass(line: str) -> None:
    assert not [t for t in imports_of(line, "tracker.items.due") if points_downstream("tracker.items.due", t)]


def test_the_rule_sees_flask_in_the_domain() -> None:
    assert uses_flask_where_it_may_not("tracker.items.due", "flask.g")
    assert not uses_flask_where_it_may_not("tracker.web.items.pages", "flask.g")
