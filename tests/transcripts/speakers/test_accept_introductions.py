"""What speakers say of themselves is a candidate: accepted as corrected, completed, dismissed, undone."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_transcript
from tracker.errors import Refused, Stale
from tracker.history import Event
from tracker.people.changes import name_group
from tracker.people.models import GroupSource, Person
from tracker.transcripts.models import CandidateState, Introduction, Transcript
from tracker.transcripts.queries import spoken
from tracker.transcripts.speakers.accept_introductions import (
    CorrectedIntroduction,
    accept_introduction,
    dismiss_introduction,
    empty_introductions,
    reopen_introduction,
)
from tracker.transcripts.speakers.self_introductions import Introduced
from tracker.transcripts.speakers.speaker_candidates import note_candidates

SPEECHES = "NEW SPEAKER: My name is Beau Berg, from the Bridge Society. Hello.\n\nNEW SPEAKER: And I am another."
HEARD = Introduced(1, 13, 59, "Beau Berg", "the Bridge Society", "civil-society")


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    made = make_transcript(any_session, make_meeting(any_session, make_register(any_session)), SPEECHES)
    for slug in ("civil-society", "unknown"):
        name_group(any_session, slug, slug)
    note_candidates(any_session, made, [HEARD], [], by=SYSTEM, now=NOW)
    return made


def heard(session: Session) -> Introduction:
    return session.exec(select(Introduction)).one()


def take(session: Session, transcript: Transcript, person: Person | None = None, **values: object) -> Event:
    said = CorrectedIntroduction(**{"name": "Bo Berg", "affiliation": "Bridge Society", **values})  # type: ignore[arg-type]
    return accept_introduction(session, transcript, heard(session), said, person, version=1, by=SYSTEM, now=NOW)


def who(session: Session, transcript: Transcript) -> list[str | None]:
    return [one.person for one in spoken(session, transcript.id)]


def test_nothing_is_applied_by_itself(any_session: Session, transcript: Transcript) -> None:
    assert who(any_session, transcript) == [None, None]
    assert any_session.exec(select(Person)).all() == []


def test_what_was_misheard_is_accepted_as_corrected(any_session: Session, transcript: Transcript) -> None:
    take(any_session, transcript, stakeholder_group="civil-society")
    any_session.commit()
    made = any_session.exec(select(Person)).one()
    assert (made.name, made.affiliation, made.stakeholder_group) == ("Bo Berg", "Bridge Society", "civil-society")
    assert made.group_source is GroupSource.SELF_DECLARED


def test_under_a_role_only_this_turn_is_theirs(any_session: Session, transcript: Transcript) -> None:
    take(any_session, transcript)
    assert who(any_session, transcript) == ["Bo Berg", None]


def test_the_passage_is_kept_as_evidence(any_session: Session, transcript: Transcript) -> None:
    event = take(any_session, transcript)
    assert (event.after["start"], event.after["end"], event.after["person"]) == (13, 59, heard(any_session).person_id)


def test_somebody_known_is_completed(any_session: Session, transcript: Transcript) -> None:
    bo = make_person(any_session, "Bo Berg")
    take(any_session, transcript, bo)
    assert (bo.affiliation, bo.email) == ("Bridge Society", "bo@example.org")


@pytest.mark.parametrize(("keep", "affiliation"), [(True, "Riverside Mill"), (False, "Bridge Society")])
def test_between_two_affiliations_a_person_chooses(
    any_session: Session, transcript: Transcript, keep: bool, affiliation: str
) -> None:
    bo = make_person(any_session, "Bo Berg", affiliation="Riverside Mill")
    with pytest.raises(Refused, match="On record is “Riverside Mill”"):
        take(any_session, transcript, bo)
    take(any_session, transcript, bo, keep=keep)
    assert bo.affiliation == affiliation


def test_what_is_accepted_can_be_taken_back(any_session: Session, transcript: Transcript) -> None:
    bo = make_person(any_session, "Bo Berg", affiliation="Riverside Mill")
    event = take(any_session, transcript, bo, keep=False)
    reopen_introduction(any_session, transcript, event, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (bo.affiliation, who(any_session, transcript)) == ("Riverside Mill", [None, None])
    assert heard(any_session).state is CandidateState.WAITING


def test_what_is_dismissed_waits_no_more_and_can_come_back(any_session: Session, transcript: Transcript) -> None:
    event = dismiss_introduction(any_session, transcript, heard(any_session), version=1, by=SYSTEM, now=NOW)
    assert heard(any_session).state is CandidateState.DISMISSED
    reopen_introduction(any_session, transcript, event, by=SYSTEM, now=NOW)
    assert heard(any_session).state is CandidateState.WAITING


def test_the_second_who_decides_is_told(any_session: Session, transcript: Transcript) -> None:
    take(any_session, transcript)
    with pytest.raises(Stale):
        take(any_session, transcript)


def test_who_is_erased_has_said_nothing_of_themselves(any_session: Session, transcript: Transcript) -> None:
    take(any_session, transcript)
    empty_introductions(any_session, [heard(any_session).person_id or 0])
    assert (heard(any_session).name, heard(any_session).affiliation) == ("", None)
