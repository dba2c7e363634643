"""Everything that the speakers' desk shows: doubts first, then whom somebody may be, then the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from rapidfuzz import fuzz, process
from sqlmodel import col, select

from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.transcripts import queries
from tracker.transcripts.models import CandidateState, DoubtState, Introduction, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.queries import LabelVoice, SpokenTurn
from tracker.transcripts.speakers import desk_queries
from tracker.transcripts.speakers.printed_names import folded
from tracker.transcripts.text_positions import context as words_around
from tracker.web.app import context
from tracker.web.transcripts.speaker_decisions import Decided, decided
from tracker.web.transcripts.speaker_questions import (
    Doubted,
    Side,
    SpeakerQuestion,
    SpeakerRow,
    ask_once,
    group_doubts,
    is_sure,
)

#: likeness, 0 to 100, from which a name heard is offered as somebody known
ALIKE = 85
FEW = 110  # characters of each side of a doubt
AFTER = 60  # characters around an introduction

People = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class HeardIntroduction:
    """An introduction that waits, in its words, with who that may be and what is on record of them."""

    introduction: Introduction
    turn: Turn
    before: str
    words: str
    after: str
    person: Person | None


@dataclass(frozen=True)
class SpeakersPage:
    """The whole desk."""

    transcript: Transcript
    meeting: Meeting
    doubts: list[Doubted]
    proposed: list[SpeakerQuestion]
    #: labels that nobody is proposed for, and those that are somebody's
    unidentified: list[LabelVoice]
    identified: list[LabelVoice]
    heard: list[HeardIntroduction]
    decided: list[Decided]
    unknown: int

    @property
    def sure(self) -> list[SpeakerQuestion]:
        """Return the proposals that may be accepted together."""
        return [question for question in self.proposed if question.is_sure]


def people() -> list[tuple[int, str]]:
    """Return who may be chosen as a speaker."""
    return queries.people(context.session(), context.body_id())


def alike(name: str | None, people: People) -> int:
    """Return who is likely meant by a name, to be offered and not taken; 0 for nobody."""
    # Word order is ignored: registers write "Silva, Ana" where captions print "ANA SILVA".
    best = process.extractOne(
        name or "", dict(people), scorer=fuzz.token_sort_ratio, processor=folded, score_cutoff=ALIKE
    )
    if best:
        return best[2]
    return 0


def page(transcript: Transcript, meeting: Meeting) -> SpeakersPage:
    """Return what to show."""
    # Everything is read once here: the rows below are hundreds, and must not ask the database each.
    session = context.session()
    offered = people()
    spoken = queries.spoken(session, transcript.id)
    doubts = desk_queries.doubts(session, transcript.id)
    introductions = desk_queries.introductions(session, transcript.id)
    rows = voices(
        transcript, spoken, offered, {turn.seq: one.name for one, turn in introductions}, [one for one, _ in doubts]
    )
    open_doubts = [(one, name) for one, name in doubts if one.state is DoubtState.OPEN]
    waiting = [(one, turn) for one, turn in introductions if one.state is CandidateState.WAITING]
    proposed = ask_once([row for row in rows if row.proposed is not None], waiting)
    asked_above = [other for question in proposed for other in question.others]
    return SpeakersPage(
        transcript=transcript,
        meeting=meeting,
        doubts=group_doubts([_doubted(one, name, rows, transcript, spoken) for one, name in open_doubts]),
        proposed=proposed,
        unidentified=[row.voice for row in rows if row.proposed is None and row.voice.person_id is None],
        identified=[row.voice for row in rows if row.voice.person_id is not None],
        heard=_heard(transcript, [pair for pair in waiting if pair[0] not in asked_above], offered),
        decided=decided(transcript),
        unknown=sum(row.voice.person_id is None for row in rows),
    )


def voices(
    transcript: Transcript,
    spoken: Sequence[SpokenTurn],
    offered: People,
    said: Mapping[int, str],
    doubts: Sequence[SpeakerDoubt],
) -> list[SpeakerRow]:
    """Return the voices heard, each with the person it may be; never one confirmed or refused for it already."""
    # Whom somebody said to be another person is not proposed again; an open question is asked once, as a doubt.
    open_or_two = [one for one in doubts if one.person_id and one.state is not DoubtState.SAME]
    doubted: set[tuple[str | None, int | None]] = {(one.label, one.person_id) for one in open_or_two}
    in_question = {name for one in doubts if one.state is DoubtState.OPEN for name in (one.label, one.other)}
    rows = [_row(voice, transcript, spoken, offered, said, doubted) for voice in queries.voices(spoken)]
    return [replace(row, is_sure=row.voice.label not in in_question and is_sure(row, said)) for row in rows]


def _row(
    voice: LabelVoice,
    transcript: Transcript,
    spoken: Sequence[SpokenTurn],
    offered: People,
    said: Mapping[int, str],
    doubted: set[tuple[str | None, int | None]],
) -> SpeakerRow:
    if voice.person_id is not None:
        return SpeakerRow(voice)
    number = alike(name_of(voice), offered)
    name = dict(offered).get(number) or voice.heard
    # A new person needs a full name: a forename alone would be a second person at the next meeting.
    is_named = number or (name and " " in name)
    if not is_named or (voice.label, number) in doubted:
        return SpeakerRow(voice)
    if voice.is_role:
        return SpeakerRow(voice, number, name, desk_queries.evidence_for_voice(voice, spoken, transcript, said))
    return SpeakerRow(voice, number, name)


def name_of(voice: LabelVoice) -> str | None:
    """Return the name heard for a voice, else what its label prints unless that is a role."""
    if voice.heard or voice.is_role:
        return voice.heard
    return voice.label


def _doubted(
    doubt: SpeakerDoubt,
    name: str | None,
    rows: Sequence[SpeakerRow],
    transcript: Transcript,
    spoken: Sequence[SpokenTurn],
) -> Doubted:
    first = _side(doubt.label, rows, transcript, spoken)
    if doubt.other:
        return Doubted(doubt, (first, _side(doubt.other, rows, transcript, spoken)))
    person = context.session().get_one(Person, doubt.person_id)
    return Doubted(doubt, (first, Side(name or person.name, affiliation=person.affiliation)))


def _side(label: str, rows: Sequence[SpeakerRow], transcript: Transcript, spoken: Sequence[SpokenTurn]) -> Side:
    voices = [row.voice for row in rows if row.voice.label == label]
    turns = tuple(sorted(seq for voice in voices for seq in voice.turns))
    person = next((voice.person for voice in voices if voice.person), None)
    words = next((transcript.text[it.turn.start : it.turn.end] for it in spoken if it.turn.label == label), "")
    return Side(label, turns, shorten(words, FEW, placeholder="…"), person)


def _heard(
    transcript: Transcript, waiting: Sequence[tuple[Introduction, Turn]], offered: People
) -> list[HeardIntroduction]:  # fmt: skip
    # Who speaks in the turn is known already where a person has said so; else the name may be somebody's.
    likely = {one.id: turn.person_id or alike(one.name, offered) for one, turn in waiting}
    rows = context.session().exec(select(Person).where(col(Person.id).in_(set(likely.values()))))
    people = {person.id: person for person in rows}
    return [_introduced(transcript, one, turn, people.get(likely[one.id])) for one, turn in waiting]


def _introduced(transcript: Transcript, one: Introduction, turn: Turn, person: Person | None) -> HeardIntroduction:
    surroundings = words_around(transcript.text, one.start, one.end, AFTER)
    # Words of the turn before or after would look as if this speaker had said them.
    before = surroundings.before[max(0, len(surroundings.before) - (one.start - turn.start)) :]
    after = surroundings.after[: max(0, turn.end - one.end)]
    return HeardIntroduction(one, turn, before, surroundings.quote, after, person)
