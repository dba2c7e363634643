"""Imports point upstream: docs/developers.md says why, these tests keep it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ORDER = [
    "config", "errors", "clock", "db", "history", "people", "mail", "meetings", "transcripts", "proposals",
    "items", "updates", "search", "digests", "reports", "seed", "jobs", "web", "cli",
]  # fmt: skip
FLASK_USERS = {"tracker", "mail", "web", "cli"}
ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))


def home(dotted: str) -> str:
    """Name the folder or file below `tracker` that a module lives in; `tracker` itself is its own home."""
    parts = dotted.split(".")
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
    return top.startswith("flask") and home(name) not in FLASK_USERS


def faults(path: Path, is_fault: Callable[[str, str], bool]) -> list[str]:
    name = dotted_name(path)
    targets = imports_of(path.read_text(encoding="utf-8"), name, is_package=path.name == "__init__.py")
    return [target for target in targets if is_fault(name, target)]


@pytest.mark.parametrize("path", MODULES, ids=dotted_name)
def test_a_module_imports_only_from_upstream(path: Path) -> None:
    assert faults(path, points_downstream) == []


@pytest.mark.parametrize("path", MODULES, ids=dotted_name)
def test_only_the_edges_import_flask(path: Path) -> None:
    assert faults(path, uses_flask_where_it_may_not) == []


@pytest.mark.parametrize("path", MODULES, ids=dotted_name)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    functions = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]
    hidden = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert hidden == []


@pytest.mark.parametrize("path", MODULES, ids=dotted_name)
def test_every_module_has_its_place_in_the_order(path: Path) -> None:
    assert dotted_name(path) == "tracker" or home(dotted_name(path)) in ORDER


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("tracker.people.queries", "from tracker.items.models import Item"),
        ("tracker.people.queries", "from ..items import models"),
        ("tracker.mail.outbox", "from tracker import items"),
        ("tracker.db", "import tracker.web.views"),
    ],
)
def test_the_rule_sees_an_import_that_points_downstream(name: str, line: str) -> None:
    assert [t for t in imports_of(line, name) if points_downstream(name, t)]


@pytest.mark.parametrize("line", ["from tracker.items import models", "from . import models", "from ..people import x"])
def test_the_rule_lets_the_own_folder_and_upstream_pass(line: str) -> None:
    assert not [t for t in imports_of(line, "tracker.items.due") if points_downstream("tracker.items.due", t)]


def test_the_rule_sees_flask_in_the_domain() -> None:
    assert uses_flask_where_it_may_not("tracker.items.due", "flask.g")
    assert not uses_flask_where_it_may_not("tracker.web.items", "flask.g")
