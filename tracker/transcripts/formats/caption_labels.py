"""Speakers that captions print before their words: `Rosa Oak: Good morning` in nearly every cue, or at a change."""

import re
from collections import Counter
from dataclasses import replace

from tracker.transcripts.formats.meeting_service_lines import has_label
from tracker.transcripts.formats.reading_result import MarkedSpeech

LABELLED = re.compile(
    r"(?:>{1,3}\s*)?(?P<label>[^\s:：<>][^:：<>\n]{0,59}?)\s*[:：](?!\d|//)\s*(?P<words>\S.*)", re.DOTALL
)
OPENS = re.compile(r"(?:-\s{0,9})?>{1,3}")
WITHIN = re.compile(r"(?<=\s)(?=>>)")
NEARLY_ALL = 0.6  # of the cues


def cue_labels(said: list[MarkedSpeech]) -> list[MarkedSpeech]:
    """Words with the label taken off where nearly every cue prints one; else with each label at a paragraph's start."""
    hits = [LABELLED.match(one.words) for one in said]
    names = Counter(hit["label"] for hit in hits if hit)
    if sum(names.values()) < NEARLY_ALL * len(said) or len(names) > max(3, sum(names.values()) / 2):
        return [part for one in said for part in _parted(one)]
    labelled: list[MarkedSpeech] = []
    for one, hit in zip(said, hits, strict=True):
        before = labelled[-1].label if labelled else None
        labelled.append(replace(one, label=hit["label"], words=hit["words"]) if hit else replace(one, label=before))
    return labelled


def _parted(one: MarkedSpeech) -> list[MarkedSpeech]:
    """The words cut before each sign of a new speaker, which then opens a paragraph."""
    parts = filter(None, map(str.strip, WITHIN.split(one.words)))
    return [replace(one, words=part, opens=one.opens or bool(OPENS.match(part)) or has_label(part)) for part in parts]
