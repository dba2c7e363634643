"""Reads a seed file: YAML to entries, with the line of each part, so that an error can name it."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tracker.seed.file_format import SeedFile

#: where something stands in the file: ("items", 3, "due", "on")
Place = tuple[str | int, ...]


class SeedError(Exception):
    """A seed file cannot be used; the message names file and line and says what to do."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}, line {line}: {message}")
        self.line = line


class Lines:
    """The line of the file, from 1, on which each of its parts stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.starts: dict[Place, int] = {(): 1}

    def of(self, place: Place) -> int:
        """Return the line of that part, or of the nearest one around it that the file has."""
        while place not in self.starts:
            place = place[:-1]
        return self.starts[place]

    def error(self, place: Place, message: str) -> SeedError:
        """Return an error that names the line and the part."""
        if not place:
            return SeedError(self.file, self.of(place), message)
        steps = [f" {step + 1}" if isinstance(step, int) else f", {step}" for step in place]
        part = "".join(steps).lstrip(", ")
        return SeedError(self.file, self.of(place), f"{part}: {message}")


class _Loader(yaml.SafeLoader):
    """YAML without aliases (they can be nested until memory ends), in which on, off, yes and no are words."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse an alias."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="write the value out instead of an alias", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or sign in "tTfF"]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> tuple[SeedFile, Lines]:
    """Return the entries of the file; raise SeedError for the first thing in it that cannot be so."""
    lines = Lines(path.name)
    data = parse(_text(path), lines)
    try:
        return SeedFile.model_validate(data), lines
    except ValidationError as error:
        # A misspelt key is also a missing one: the first says more.
        first = min(error.errors(), key=lambda mistake: mistake["type"] != "extra_forbidden")
        raise lines.error(first["loc"], _advice(first["msg"], first["type"])) from None


def parse(text: str, lines: Lines) -> Any:
    """Return the plain values of a YAML text and note their lines; raise SeedError where it is no YAML."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node:
            return _values(loader, node, (), lines)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1
        if mark:
            line = mark.line + 1
        raise SeedError(lines.file, line, f"{error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise SeedError(lines.file, line, "a sign that a text may not hold; remove it") from None
    except RecursionError:
        raise SeedError(lines.file, 1, "the parts are nested too deeply") from None


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SeedError(path.name, 1, f"cannot be read ({error.strerror}); check the path") from None
    try:
        # Editors of Windows begin a file with a byte-order mark.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SeedError(path.name, line, "not UTF-8; save the file as UTF-8") from None


def _values(loader: _Loader, node: Any, place: Place, lines: Lines) -> Any:
    lines.starts[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_values(loader, part, (*place, number), lines) for number, part in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError as error:
        # A date such as 2012-13-45.
        raise lines.error(place, f"“{node.value}” cannot be read ({error})") from None


def _mapping(loader: _Loader, node: yaml.MappingNode, place: Place, lines: Lines) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise SeedError(lines.file, key.start_mark.line + 1, "a key must be a word")
        lines.starts[(*place, key.value)] = key.start_mark.line + 1
        if key.value in values:
            raise lines.error((*place, key.value), "is here twice; keep one")
        values[key.value] = _values(loader, value, (*place, key.value), lines)
        lines.starts[(*place, key.value)] = key.start_mark.line + 1
    return values


def _advice(message: str, kind: str) -> str:
    """Return what is wrong and what to do; most of pydantic's own messages say it."""
    match kind:
        case "extra_forbidden":
            return "there is no such key; check its spelling or remove it"
        case "missing":
            return "is missing; add it"
        case "model_type":
            return "keys and their values belong here, as in “format: 1”"
        case "value_error":
            return message.removeprefix("Value error, ")
    return message
