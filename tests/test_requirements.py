"""What the program imports is what requirements.txt brings, and every version of it is pinned."""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    """Return the versions that a requirements file names, without extras and markers."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([\w.-]+)(?:\[.*?\])?==([^\s;]+)", line) for line in lines]
    return {canonical(match[1]): match[2] for match in found if match}


def brought_by(names: set[str]) -> set[str]:
    """Return these distributions with all that they require, extras aside."""
    brought: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        brought.add(name)
        try:
            needed = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or Python
        waiting |= {canonical(re.split(r"[^\w.-]", line)[0]) for line in needed if "extra ==" not in line} - brought
    return brought


def imported_by(folder: str) -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"tracker", "tests"}


@pytest.mark.parametrize(
    ("folder", "files"),
    [("tracker", ["requirements.txt"]), ("tests", ["requirements.txt", "requirements-dev.txt"])],
)
def test_every_package_that_is_imported_comes_with_the_requirements(folder: str, files: list[str]) -> None:
    brought = brought_by({name for file in files for name in pins(file)})
    sources = metadata.packages_distributions()
    missing = [name for name in imported_by(folder) if not {canonical(d) for d in sources.get(name, [])} & brought]
    assert missing == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_closure_agrees_with_what_is_named(file: str) -> None:
    closure = pins("constraints.txt")
    assert {name: closure.get(name) for name in pins(file)} == pins(file)
