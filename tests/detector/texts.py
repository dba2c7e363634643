"""What the detector finds in a short text."""

from tracker.detector.detect import Candidate, candidates
from tracker.transcripts.reading.turns import turns


def found(text: str) -> list[Candidate]:
    return candidates(text, turns(text))


def quotes(text: str) -> list[str]:
    return [text[one.start : one.end] for one in found(text)]
