"""A corrected version of a transcript brings nearly the same words again: they do not wait twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_meeting,
    make_passage,
    make_proposal,
    make_register,
    make_transcript,
)
from tracker.history import Actor, ChangeWay
from tracker.items.models import ItemPassage, Origin, Relation
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals.filters import Showing
from tracker.proposals.models import AsideReason, Proposal, ProposalSource, Succession, TriageState, WordingChange
from tracker.proposals.queries import entries
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.triage.changes import set_aside, snooze
from tracker.triage.cited_passages import recognise
from tracker.triage.decisions import attach

OLD = "We should keep an archive of all the seesions."
NEW = "We should keep an archive of all the sessions."
Decide = Callable[[Session, Proposal], object]


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


def version(session: Session, meeting: Meeting, number: int, words: str) -> Proposal:
    transcript = make_transcript(session, meeting, f"MS ONE: Welcome to {number}. {words}", number=number)
    place = {"transcript_id": transcript.id, "passage_id": make_passage(session, transcript, words).id}
    return make_proposal(session, meeting, **place)


IMPORT = Actor(None, ChangeWay.IMPORT)


def recognised(session: Session, proposal: Proposal) -> int:
    transcript = session.get_one(Transcript, proposal.transcript_id)
    reanchor(session, transcript, aligned(session, transcript), by=IMPORT, now=NOW)
    return recognise(session, transcript, by=IMPORT, now=NOW)


def cite(session: Session, proposal: Proposal) -> None:
    item = make_item(session, session.exec(select(Body)).one())
    session.add(ItemPassage(item_id=item.id, passage_id=proposal.passage_id))


def repeat(session: Session, proposal: Proposal) -> None:
    item = make_item(session, session.exec(select(Body)).one())
    attach(session, proposal, item, Relation.COVERED, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("decided", [cite, repeat])
def test_corrected_words_of_an_item_are_covered_by_it(any_session: Session, meeting: Meeting, decided: Decide) -> None:
    decided(any_session, version(any_session, meeting, 1, OLD))
    new = version(any_session, meeting, 2, NEW)
    assert recognised(any_session, new) == 1
    any_session.commit()
    origin = any_session.exec(select(Origin).where(Origin.proposal_id == new.id)).one()
    assert (new.state, origin.relation) == (TriageState.ATTACHED, Relation.COVERED)


def test_corrected_words_of_what_was_set_aside_are_set_aside_too(any_session: Session, meeting: Meeting) -> None:
    old = version(any_session, meeting, 1, OLD)
    set_aside(any_session, old, AsideReason.TOO_GENERAL, by=SYSTEM, now=NOW, note="Says nothing")
    new = version(any_session, meeting, 2, NEW)
    assert recognised(any_session, new) == 1
    any_session.commit()
    assert (new.state, new.reason, new.note) == (TriageState.SET_ASIDE, AsideReason.TOO_GENERAL, "Says nothing")


def test_other_words_and_undecided_ones_wait(any_session: Session, meeting: Meeting) -> None:
    cite(any_session, version(any_session, meeting, 1, OLD))
    version(any_session, meeting, 2, "Let us open the library on Sundays.")
    sundays = version(any_session, meeting, 3, "Let us open the library on Sundays!")
    assert recognised(any_session, sundays) == 0


def test_another_meetings_words_decide_nothing(any_session: Session, board: Body, meeting: Meeting) -> None:
    cite(any_session, version(any_session, make_meeting(any_session, board, slug="second"), 1, OLD))
    assert recognised(any_session, version(any_session, meeting, 2, NEW)) == 0


def test_what_was_put_off_is_put_off_to_the_same_day(any_session: Session, meeting: Meeting) -> None:
    old = version(any_session, meeting, 1, OLD)
    snooze(any_session, old, NOW + timedelta(days=7), by=SYSTEM, now=NOW)
    new = version(any_session, meeting, 2, NEW)
    assert recognised(any_session, new) == 0
    any_session.commit()
    assert (new.state, new.snoozed_until) == (TriageState.SNOOZED, NOW + timedelta(days=7))


@pytest.mark.parametrize("changed", ["We should not keep an archive of all the sessions.", "We should keep 2 of them."])
def test_words_that_say_something_else_wait_with_what_they_were(
    any_session: Session, meeting: Meeting, changed: str
) -> None:
    old = version(any_session, meeting, 1, OLD)
    cite(any_session, old)
    new = version(any_session, meeting, 2, changed)
    recognised(any_session, new)
    any_session.commit()
    succession = any_session.get_one(Succession, new.id)
    assert (new.state, succession.change in (WordingChange.CHANGED, WordingChange.NEW)) == (TriageState.WAITING, True)


TWINS = "MS ONE: The roof leaks and the bell is cracked. {0}\n\nMR TWO: The door is far too heavy. {0}"


def twins(session: Session, meeting: Meeting, words: str) -> list[Proposal]:
    transcript = make_transcript(session, meeting, TWINS.format(words))
    second = transcript.text.rindex(words)
    passages = [make_passage(session, transcript, words)]
    passages.append(Passage(sha256=transcript.sha256, start=second, end=second + len(words)))
    passages[1].transcript_id = transcript.id
    session.add(passages[1])
    session.flush()
    return [make_proposal(session, meeting, transcript_id=transcript.id, passage_id=one.id) for one in passages]


def test_the_same_sentence_in_two_places_is_two_decisions(any_session: Session, meeting: Meeting) -> None:
    first, second = twins(any_session, meeting, "We should mend the whole thing.")
    set_aside(any_session, second, AsideReason.DUPLICATE, by=SYSTEM, now=NOW)
    new_first, new_second = twins(any_session, meeting, "We should mend the hole thing.")
    assert recognised(any_session, new_first) == 1
    any_session.commit()
    assert (new_first.state, new_second.state) == (TriageState.WAITING, TriageState.SET_ASIDE)
    assert any_session.get_one(Succession, new_first.id).earlier_id == first.id


def test_a_third_version_knows_what_was_decided_in_the_first(any_session: Session, meeting: Meeting) -> None:
    cite(any_session, version(any_session, meeting, 1, OLD))
    recognised(any_session, version(any_session, meeting, 2, "Something else was typed here by mistake."))
    new = version(any_session, meeting, 3, NEW)
    assert recognised(any_session, new) == 1


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (ProposalSource.HAND, ProposalSource.HAND),
        (ProposalSource.ASSISTANT, ProposalSource.ASSISTANT),
        (ProposalSource.BOTH, ProposalSource.ASSISTANT),  # the detector has not found it again
    ],
)
def test_what_was_not_found_by_the_detector_alone_goes_along(
    any_session: Session, meeting: Meeting, source: ProposalSource, kept: ProposalSource
) -> None:
    old = version(any_session, meeting, 1, OLD)
    old.source = source
    make_transcript(any_session, meeting, f"MS ONE: Welcome to 2. {NEW}")
    transcript = any_session.exec(select(Transcript).where(Transcript.number == 2)).one()
    reanchor(any_session, transcript, aligned(any_session, transcript), by=IMPORT, now=NOW)
    recognise(any_session, transcript, by=IMPORT, now=NOW)
    any_session.commit()
    new = any_session.exec(select(Proposal).where(Proposal.transcript_id == transcript.id)).one()
    assert (new.source, new.title, new.state) == (kept, old.title, TriageState.WAITING)
    waiting = entries(any_session, meeting.body_id, Showing(TriageState.WAITING), now=NOW)
    assert [entry.proposal.id for entry in waiting] == [new.id]


def test_recognising_twice_changes_nothing(any_session: Session, meeting: Meeting) -> None:
    cite(any_session, version(any_session, meeting, 1, OLD))
    new = version(any_session, meeting, 2, NEW)
    assert (recognised(any_session, new), recognised(any_session, new)) == (1, 0)
