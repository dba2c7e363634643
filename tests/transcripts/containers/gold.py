"""What each container holds as turns, and how well they are found: as `flask turns FILE` finds them."""

from collections import Counter
from collections.abc import Callable, Iterable

from tests.transcripts.containers import captions, documents, pages
from tests.transcripts.containers.session import SESSION
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.turns import ReadTurn, hear

Gold = list[tuple[str | None, str]]

AS_SPOKEN: Gold = [(speech.speaker, speech.words) for speech in SESSION]
IN_CAPITALS: Gold = [(speech.speaker.upper(), speech.words) for speech in SESSION]
UNNAMED: Gold = [(None, speech.words) for speech in SESSION]

CONTAINERS: dict[str, tuple[Callable[[], bytes], Gold]] = {
    "Teams VTT": (captions.teams_vtt, AS_SPOKEN),
    "Zoom VTT": (captions.zoom_vtt, AS_SPOKEN),
    "broken VTT": (captions.broken_vtt, AS_SPOKEN),
    "captioner's SRT": (captions.captioned_srt, IN_CAPITALS),
    "bare SRT": (captions.bare_srt, UNNAMED),
    "rolling VTT": (captions.rolling_vtt, UNNAMED),
    "Teams DOCX": (documents.teams_docx, AS_SPOKEN),
    "newer Teams DOCX": (documents.newer_teams_docx, AS_SPOKEN),
    "timed DOCX": (documents.timed_docx, AS_SPOKEN),
    "minutes DOCX": (documents.minutes_docx, AS_SPOKEN),
    "table DOCX": (documents.table_docx, AS_SPOKEN),
    "printed PDF": (documents.printed_pdf, IN_CAPITALS),
    "justified PDF": (documents.justified_pdf, IN_CAPITALS),
    "Otter PDF": (documents.otter_pdf, AS_SPOKEN),
    "clean HTML": (pages.clean_html, IN_CAPITALS),
    "HTML of broken lines": (pages.broken_lines_html, IN_CAPITALS),
    "HTML in one paragraph": (pages.one_paragraph_html, IN_CAPITALS),
    "HTML in a layout table": (pages.table_html, IN_CAPITALS),
    "HTML in rows": (pages.row_html, IN_CAPITALS),
    "JSON segments": (pages.segments_json, AS_SPOKEN),
    "JSON monologues": (pages.monologues_json, AS_SPOKEN),
    "UTF-16 text": (lambda: pages.text("\r\n").encode("utf-16"), IN_CAPITALS),
    "UTF-32 text": (lambda: pages.text("\r").encode("utf-32"), IN_CAPITALS),
    "cp1252 text": (lambda: pages.text("\r\n", blank="\xa0").encode("cp1252"), IN_CAPITALS),
    "marked text": (lambda: pages.text("\u2028", mark="\u200f").encode(), IN_CAPITALS),
    "NEL text": (lambda: pages.text("\x85").encode(), IN_CAPITALS),
}  # fmt: skip


def found(data: bytes) -> tuple[list[ReadTurn], str]:
    """The turns of a file and the text that they stand in."""
    reading = read(data)
    return list(hear(reading.text, marked=reading.marked, stamps=reading.stamps).turns), reading.text


def told(turns: Iterable[ReadTurn], text: str) -> Gold:
    """Labels and words, white space evened out."""
    return [(turn.label, " ".join(text[turn.start : turn.end].split())) for turn in turns]


def f1(heard: Gold, gold: Gold) -> float:
    """Twice the turns whose label and words both agree, over all turns found and all there are."""
    right = (Counter(heard) & Counter(gold)).total()
    return 2 * right / (len(heard) + len(gold))


def table() -> dict[str, float]:
    """The F1 of every container."""
    return {name: f1(told(*found(make())), gold) for name, (make, gold) in CONTAINERS.items()}


if __name__ == "__main__":
    for name, score in table().items():
        print(f"{name:24} {score:.3f}")
