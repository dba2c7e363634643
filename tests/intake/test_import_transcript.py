"""The whole way in: a file is read, kept and queued, and what items cite already is not queued twice."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, made, make_item, make_meeting, make_milestone, make_person, make_register
from tracker.errors import Refused
from tracker.history import leave
from tracker.intake.import_transcript import ImportedTranscript, import_prepared, what_is_known
from tracker.intake.prepare_file import prepare
from tracker.items.models import ItemPassage, Relation
from tracker.meetings.models import Meeting
from tracker.people.models import Label
from tracker.people.queries import Sight
from tracker.proposals.filters import Showing
from tracker.proposals.models import Proposal, TriageState
from tracker.proposals.queries import entries
from tracker.transcripts.models import Transcript
from tracker.transcripts.passages import cite
from tracker.transcripts.quotes import quotes
from tracker.transcripts.text_positions import digest

TEXT = "MS SILVA: The secretariat should publish a map.\n\nMR ELM: We will print the posters in February.\n"
DATA = TEXT.encode()


def taken(session: Session, meeting: Meeting) -> ImportedTranscript:
    prepared = prepare(DATA, what_is_known(session, meeting))
    return import_prepared(session, meeting, "talk.txt", DATA, prepared, by=SYSTEM, now=NOW)


def test_a_register_tells_its_people_day_and_calendar(session: Session) -> None:
    board = make_register(session)
    meeting = make_meeting(session, board)
    make_milestone(session, board)
    made(session, Label(register_id=board.id, person_id=make_person(session).id, text="MS SILVA"))
    known = what_is_known(session, meeting)
    assert known.people == {"MS SILVA": "Ana Silva"}
    assert (known.held_on, [day.slug for day in known.milestones]) == (date(2012, 11, 9), ["feb-2013-consultations"])


def test_what_was_found_waits(any_session: Session) -> None:
    done = taken(any_session, make_meeting(any_session, make_register(any_session)))
    any_session.commit()
    assert (done.waiting, done.covered) == (2, 0)


def test_what_an_item_cites_is_covered_and_not_waiting(any_session: Session) -> None:
    board = make_register(any_session)
    item = make_item(any_session, board)
    passage = cite(any_session, digest(DATA), 10, 40)
    any_session.add(ItemPassage(item_id=item.id, passage_id=passage.id, relation=Relation.NEW))
    leave(any_session, item, "passages cited", by=SYSTEM, now=NOW)
    done = taken(any_session, make_meeting(any_session, board))
    any_session.commit()
    assert (done.waiting, done.covered) == (1, 1)
    states = any_session.exec(select(Proposal.state).order_by(Proposal.id)).all()
    assert states == [TriageState.ATTACHED, TriageState.WAITING]


def test_nothing_is_half_imported(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    taken(session, meeting)
    session.commit()
    with pytest.raises(Refused, match="there already"):
        taken(session, meeting)
    session.rollback()
    assert len(session.exec(select(Transcript.id)).all()) == 1


def corrected(session: Session, meeting: Meeting, text: str) -> ImportedTranscript:
    data = text.encode()
    prepared = prepare(data, what_is_known(session, meeting))
    return import_prepared(session, meeting, "corrected.txt", data, prepared, by=SYSTEM, now=NOW)


def test_a_correction_brings_no_proposal_twice_and_keeps_what_a_seed_cites(any_session: Session) -> None:
    board = make_register(any_session)
    meeting, item = make_meeting(any_session, board), make_item(any_session, board)
    ahead = cite(any_session, digest(DATA), 10, TEXT.index("\n"))  # as a seed does, before the file is there
    any_session.add(ItemPassage(item_id=item.id, passage_id=ahead.id, relation=Relation.NEW))
    leave(any_session, item, "passages cited", by=SYSTEM, now=NOW)
    taken(any_session, meeting)
    done = corrected(any_session, meeting, f"Checked.\n\n{TEXT.replace('a map', 'the map')}")
    any_session.commit()
    waiting = entries(any_session, board.id, Showing(TriageState.WAITING), now=NOW)
    assert (done.waiting, done.covered, len(waiting)) == (1, 1, 1)
    quote = quotes(any_session, [ahead.id], Sight(None, frozenset({board.id}), frozenset()))[ahead.id]
    assert (quote.transcript_id, quote.words and quote.words.quote[-8:]) == (done.transcript.id, "the map.")


def test_runs_found_by_the_reader_of_the_file_are_used(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make_meeting(session, make_register(session))
    taken(session, meeting)
    known = what_is_known(session, meeting)
    prepared = prepare(f"{TEXT} ".encode(), known)
    assert (prepared.earlier, sum(run.length for run in prepared.runs)) == (TEXT, 17)
    monkeypatch.setattr("tracker.transcripts.versions.place_passages.align", None)
    import_prepared(session, meeting, "again.txt", f"{TEXT} ".encode(), prepared, by=SYSTEM, now=NOW)
