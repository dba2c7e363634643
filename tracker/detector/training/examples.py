"""Labelled texts of our own writing: what a detector is trained and measured on.

A file holds the text of a meeting as it would come in; a passage that puts something forward is wrapped as
`⟦kind|words⟧`. The kind may carry `?` where careful readers may differ, and `@slug` for the milestone meant:
`⟦request?@feb-2013-consultations|Please send us the list before February.⟧`. What is not wrapped proposes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT
from tracker.detector.training.evaluation import Labelled

HERE = Path(__file__).parent / "texts"
KINDS = frozenset({RECOMMENDATION, CALL, COMMITMENT, OFFER, REQUEST, SUPPORT, OBJECTION})
MARKED = re.compile(r"⟦(?P<kind>[a-z]+)(?P<doubt>\?)?(?:@(?P<slug>[a-z0-9-]+))?\|(?P<words>[^⟦⟧]+)⟧")


@dataclass(frozen=True)
class Document:
    """A text without its marks, and the labelled passages in it."""

    name: str
    text: str
    gold: tuple[Labelled, ...]


def documents(folder: Path = HERE) -> Iterator[Document]:
    """Every labelled text of a folder, by name; raises ValueError for one that is badly marked."""
    for path in sorted(folder.glob("*.txt")):
        try:
            yield document(path.stem, path.read_text(encoding="utf-8"))
        except ValueError as bad:
            raise ValueError(f"{path.name}: {bad}") from bad


def document(name: str, marked: str) -> Document:
    """The text and passages of a marked text; raises ValueError for an unknown kind or a mark left open."""
    parts: list[str] = []
    gold: list[Labelled] = []
    at = size = 0
    for hit in MARKED.finditer(marked):
        if hit["kind"] not in KINDS:
            raise ValueError(f"{hit['kind']!r} is no kind of proposal")
        parts += [marked[at : hit.start()], hit["words"]]
        start = size + hit.start() - at
        size = start + len(hit["words"])
        at = hit.end()
        gold.append(Labelled(start, size, hit["kind"], hit["slug"], hit["doubt"] is None))
    parts.append(marked[at:])
    text = "".join(parts)
    if left := re.search(r"[⟦⟧]", text):
        raise ValueError(f"a mark is not closed, or badly made, near {text[max(0, left.start() - 20) :][:60]!r}")
    return Document(name, text, tuple(gold))
