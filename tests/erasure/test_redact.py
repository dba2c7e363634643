"""What is redacted becomes as many marks, in the transcript and wherever else its words stand."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.erasure.test_names_in_history import rows_with
from tests.factories import (
    NOW,
    SYSTEM,
    made,
    make_item,
    make_meeting,
    make_passage,
    make_person,
    make_register,
    make_transcript,
)
from tracker.erasure import ledger, redactions
from tracker.erasure.erase_again import erase_again
from tracker.erasure.ledger_entry import ErasedSpan, ErasureGround, ErasureKind, LedgerEntry
from tracker.erasure.marks import MARK
from tracker.erasure.models import Redaction
from tracker.errors import Stale
from tracker.history import Actor, ChangeWay, Event, leave
from tracker.history_verbs import Verb
from tracker.people.models import Body
from tracker.proposals.models import Meaning, Proposal, ProposalKind, ProposalSource, TrainedDetector
from tracker.transcripts.models import Transcript, Turn

SECRET = "Call Mr Grey at 555 0199 001"
TEXT = f"ANA: Good day. {SECRET}.\n\nBO: Thank you."


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def spoken(any_session: Session, board: Body) -> Transcript:
    return make_transcript(any_session, make_meeting(any_session, board), TEXT)


def entry(transcript: Transcript, words: str, kind: ErasureKind = ErasureKind.REDACTION) -> LedgerEntry:
    start = TEXT.index(words)
    span = ErasedSpan(transcript.id, transcript.sha256, start, start + len(words))
    return LedgerEntry("k1", NOW, kind, ErasureGround.CONTACT_DETAILS, spans=(span,))


def again(session: Session, what: LedgerEntry, var: Path) -> bool:
    is_done = erase_again(session, what, var=var, now=NOW + timedelta(days=1))
    session.commit()
    return is_done


def test_marks_of_the_same_length_stand_in_text_and_original(
    any_session: Session, spoken: Transcript, tmp_path: Path
) -> None:
    sha256 = spoken.sha256
    assert again(any_session, entry(spoken, SECRET), tmp_path)
    assert spoken.text == TEXT.replace(SECRET, MARK * len(SECRET))
    assert (spoken.original.decode(), spoken.sha256) == (spoken.text, sha256)
    assert any_session.exec(select(Redaction.done_at)).one() == NOW


def test_a_second_time_there_is_nothing_to_do(any_session: Session, spoken: Transcript, tmp_path: Path) -> None:
    again(any_session, entry(spoken, SECRET), tmp_path)
    count = len(any_session.exec(select(Event)).all())
    assert not again(any_session, entry(spoken, SECRET), tmp_path)
    assert len(any_session.exec(select(Event)).all()) == count


def test_what_others_wrote_of_it_goes_and_the_search_finds_it_no_more(
    any_session: Session, board: Body, spoken: Transcript, tmp_path: Path
) -> None:
    item = make_item(any_session, board, text="They said: call Mr Grey at\n555 0199 001!")
    again(any_session, entry(spoken, SECRET), tmp_path)
    any_session.refresh(item)
    assert "Grey" not in item.text
    assert list(rows_with(any_session, "grey", "0199")) == []
    index = any_session.connection().execute(sa.text("SELECT title, body FROM search_entry")).all()
    assert "Grey" not in str(index)


def test_what_the_program_made_of_it_goes(
    any_session: Session, board: Body, spoken: Transcript, tmp_path: Path
) -> None:
    passage = make_passage(any_session, spoken, SECRET)
    kinds = {"kind": ProposalKind.REQUEST, "source": ProposalSource.DETECTOR}
    proposal = made(
        any_session, Proposal(transcript_id=spoken.id, passage_id=passage.id, title="Phone Mr Grey", **kinds)
    )
    any_session.add(Meaning(proposal_id=proposal.id, leader_id=proposal.id, vector=b"grey"))
    trained = TrainedDetector(body_id=board.id, trained_at=NOW, decisions=30, model="{'grey': 1}")
    any_session.add(trained)
    leave(any_session, trained, Verb.TRAINED, by=SYSTEM, now=NOW)
    any_session.commit()
    again(any_session, entry(spoken, SECRET), tmp_path)
    assert list(rows_with(any_session, "grey")) == []


def test_with_the_name_go_all_words_of_every_version(any_session: Session, spoken: Transcript, tmp_path: Path) -> None:
    ana = make_person(any_session)
    turn = any_session.exec(select(Turn).where(col(Turn.label) == "ANA")).one()
    turn.person_id = ana.id
    leave(any_session, spoken, Verb.SPEAKER_ASSIGNED, by=SYSTEM, now=NOW)
    any_session.commit()
    what = LedgerEntry("k2", NOW, ErasureKind.NAME_AND_WORDS, ErasureGround.REQUESTED, person_id=ana.id)
    assert again(any_session, what, tmp_path)
    assert list(rows_with(any_session, "ana silva", "grey", "good day")) == []
    assert "BO: Thank you." in spoken.text
    assert not again(any_session, what, tmp_path)


def test_two_people_redact_it_and_the_ledger_knows(any_session: Session, spoken: Transcript) -> None:
    start, bo = TEXT.index(SECRET), Actor(make_person(any_session).id, ChangeWay.BROWSER)
    why = ErasureGround.CONTACT_DETAILS, "it is a telephone number"
    asked = redactions.ask(any_session, spoken, [(start, start + len(SECRET))], *why, by=SYSTEM, now=NOW)
    any_session.commit()
    redactions.confirm(any_session, redactions.waiting(any_session, spoken, asked.id), by=bo, now=NOW)
    any_session.commit()
    assert spoken.text == TEXT.replace(SECRET, MARK * len(SECRET))
    (noted,) = ledger.noted(any_session).values()
    assert noted.spans == entry(spoken, SECRET).spans
    with pytest.raises(Stale):
        redactions.waiting(any_session, spoken, asked.id)
