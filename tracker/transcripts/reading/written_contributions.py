"""Written contributions: a document with an author, whose paragraphs take the place of turns."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.printed_names import folded
from tracker.transcripts.text_positions import trim

GAP = re.compile(r"(?:\r?\n[ \t\xa0]*){2,}")
LINE_END = re.compile(r"[\r\n\u2028\u2029]+")
#: characters; a longer text without an empty line has a paragraph a line
LONG_FOR_ONE = 1_500


@dataclass(frozen=True)
class Author:
    """Whose document it is: a person of the register, or a name with affiliation and group as given."""

    person_id: int | None = None
    #: of a person of the register too, for the turns
    name: str = ""
    affiliation: str | None = None
    group: str | None = None
    for_organisation: bool = False

    @property
    def key(self) -> str:
        """Return what tells this author's documents from others', across versions."""
        if self.person_id:
            return f"person:{self.person_id}"
        return f"name:{folded(self.name)}"

    def columns(self) -> dict[str, Any]:
        """Return what a transcript keeps of its author; what a person's record holds is not kept twice."""
        columns = {"author_key": self.key, "author_id": self.person_id, "for_organisation": self.for_organisation}
        if self.person_id is not None:
            return columns
        as_given = {"author_name": self.name, "author_affiliation": self.affiliation, "author_group": self.group}
        return columns | as_given

    def plain(self) -> dict[str, Any]:
        """Return it for a column of JSON."""
        return asdict(self)


def author_of(kept: Mapping[str, Any]) -> Author | None:
    """Return the author that `plain` has kept, if there is one."""
    if kept:
        return Author(**kept)
    return None


def paragraphs(text: str, name: str) -> list[ReadTurn]:
    """Each paragraph as a turn of the author: apart by empty lines, or by lines where there is no empty one."""
    # Some programs end each paragraph with a single newline; in a short text that may be a line of an address.
    end_of_one = LINE_END if len(text) > LONG_FOR_ONE and not GAP.search(text.strip()) else GAP
    spans = []
    start = 0
    for gap in end_of_one.finditer(text):
        spans.append(trim(text, start, gap.start()))
        start = gap.end()
    spans.append(trim(text, start, len(text)))
    paragraph_spans = [span for span in spans if span.end > span.start]
    return [ReadTurn(seq, None, name, span.start, span.end) for seq, span in enumerate(paragraph_spans, 1)]
