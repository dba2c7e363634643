"""What the detector is sure of in a short text."""

from tracker.detector.detect import Candidate, candidates
from tracker.transcripts.reading.turns import turns


def found(text: str) -> list[Candidate]:
    return [candidate for candidate in candidates(text, turns(text)) if candidate.is_clear]


def quotes(text: str) -> list[str]:
    return [text[one.start : one.end] for one in found(text)]
