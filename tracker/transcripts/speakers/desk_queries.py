"""Reading what waits at the speakers' desk: doubts, introductions, and why somebody under a role may be whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sqlmodel import Session, col, select

from tracker.people.models import Person
from tracker.transcripts.models import Introduction, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.queries import LabelVoice, SpokenTurn
from tracker.transcripts.speakers.printed_names import folded, parse

FLOOR = 500  # characters at the end of a turn in which the next speaker may be called


class Sign(StrEnum):
    """What speaks for a name under a role or no label."""

    SAID = "said"
    CALLED = "called"


@dataclass(frozen=True)
class SpeakerEvidence:
    """What speaks for it, and in which turn."""

    sign: Sign
    turn: int


def doubts(session: Session, transcript_id: int | None) -> list[tuple[SpeakerDoubt, str | None]]:
    """Return the doubts about speakers, with the name of the person known, in the order in which they arose."""
    rows = session.exec(
        select(SpeakerDoubt, Person.name)
        .outerjoin(Person, col(SpeakerDoubt.person_id) == col(Person.id))
        .where(col(SpeakerDoubt.transcript_id) == transcript_id)
        .order_by(col(SpeakerDoubt.id))
    )
    return [(doubt, name) for doubt, name in rows]


def introductions(session: Session, transcript_id: int | None) -> list[tuple[Introduction, Turn]]:
    """Return what speakers seem to say of themselves, with the turns, in the order of the text."""
    rows = session.exec(
        select(Introduction, Turn)
        .join(Turn, col(Introduction.turn_id) == col(Turn.id))
        .where(col(Introduction.transcript_id) == transcript_id)
        .order_by(col(Introduction.start))
    )
    return [(heard, turn) for heard, turn in rows]


def evidence_for_voice(
    voice: LabelVoice, spoken: Sequence[SpokenTurn], transcript: Transcript, introduced: Mapping[int, str]
) -> SpeakerEvidence | None:  # fmt: skip
    """Return what speaks for the name heard under a role: the speaker gave it, or the floor was given to it.

    `introduced` tells by the numbers of turns who introduces themselves there.
    """
    heard_name = folded(voice.heard or "")
    surname = parse(voice.heard or "").surname or heard_name
    last_word = heard_name.split()[-1:]
    named = [seq for seq, name in introduced.items() if heard_name and folded(name).split()[-1:] == last_word]
    own = [seq for seq in named if seq in voice.turns]
    if named:
        return SpeakerEvidence(Sign.SAID, min(own or named))
    for before, spoken_turn in pairwise(spoken):
        end = transcript.text[max(before.turn.start, before.turn.end - FLOOR) : before.turn.end]
        if heard_name and spoken_turn.turn.seq in voice.turns and surname in folded(end):
            return SpeakerEvidence(Sign.CALLED, before.turn.seq)
    return None
