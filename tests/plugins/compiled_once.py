"""What every application compiles alike is compiled once a worker: each test has an application of its own."""

from typing import Any

import sqlalchemy as sa
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class KeptTemplates(BytecodeCache):
    """The templates' code by their source, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code that was compiled for the same source."""
        if code := self.kept.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self.kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


TEMPLATES = KeptTemplates()
#: more statements than all tests have
STATEMENTS: LRUCache[Any, Any] = LRUCache(20_000)


def compile_once() -> None:
    """Share among all applications of this process what their libraries compile."""
    _addresses_once()
    _statements_once()


def _addresses_once() -> None:
    """Let Werkzeug keep what it compiles of a rule to build addresses: it depends on the rule's text alone."""
    compile_builder = Rule._compile_builder
    kept: dict[tuple[Any, ...], Any] = {}

    def compiled(self: Rule, append_unknown: bool = True) -> Any:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(self, append_unknown)
        return kept[key]

    Rule._compile_builder = compiled  # type: ignore[method-assign]


def _statements_once() -> None:
    """Let SQLAlchemy find a statement that another engine of the same kind has compiled: all engines are made alike."""
    begin = sa.Engine.__init__

    def begun(self: sa.Engine, *parts: Any, **options: Any) -> None:
        begin(self, *parts, **options)
        self._compiled_cache = STATEMENTS

    sa.Engine.__init__ = begun  # type: ignore[method-assign]
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
