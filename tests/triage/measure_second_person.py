"""How many passages ask for a second person before they are set aside, and whether the known ones do.

`python -m tests.triage.measure_second_person FOLDER TRANSCRIPT` takes the labelled texts of outside_sources.json in
FOLDER, and the transcript of the session in Baku, in which five passages are known to be delicate: an exchange about
what may be handed out, and what came of it. Both are somebody else's, and no part of the project.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.detector.training.outside_texts import LabelledText, outside_sources
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.turns import ReadTurn, hear
from tracker.triage.second_person import REACH, complains_of_secretariat, is_delicate

#: start and end in the text of the session
KNOWN = ((111910, 112100), (112102, 112224), (112377, 112673), (112805, 113027), (116214, 116423))


def asks(text: str, turns: Sequence[ReadTurn], start: int, end: int) -> bool:
    """Tell whether a passage asks for a second person, read with what was said before it in its turn."""
    begun = [turn.start for turn in turns if turn.start <= start < turn.end]
    before = text[max(0, start - REACH, *begun) : start]
    return complains_of_secretariat(text[start:end]) or is_delicate(before, text[start:end])


def _texts(folder: Path) -> Iterator[LabelledText]:
    for source in outside_sources(folder):
        if source.form == "passages":
            yield source.labelled_text()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the share of all labelled passages, and the recall on the known ones."""
    parser = argparse.ArgumentParser(description="Measure which passages ask for a second person.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("transcript", type=Path)
    options = parser.parse_args(arguments)
    asked = every = 0
    for text in _texts(options.folder):
        found = sum(asks(text.text, text.turns, passage.start, passage.end) for passage in text.gold)
        asked, every = asked + found, every + len(text.gold)
        print(f"{text.name:60} {found:4} of {len(text.gold)}")
    session = read(options.transcript.read_bytes()).text
    turns = hear(session).turns
    known = sum(asks(session, turns, *place) for place in KNOWN)
    print(f"all: {asked} of {every}, {asked / every:.1%}; known: {known} of {len(KNOWN)}")


if __name__ == "__main__":
    main()
