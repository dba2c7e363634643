"""A register's decisions teach the detector, and are kept only where it does no worse for them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_meeting, make_register
from tracker.detector.model import parse
from tracker.detector.training.train_model import example
from tracker.errors import Refused
from tracker.intake import prepare_file
from tracker.intake.import_transcript import what_is_known
from tracker.intake.prepare_file import KnownContext
from tracker.meetings.models import Meeting
from tracker.proposals.models import TrainedDetector
from tracker.triage import detector_learning
from tracker.triage.decision_examples import Lesson

WORDS = "The heron may sleep at pond %d."


@pytest.fixture
def little_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's own texts are many; a few lines will do here."""
    monkeypatch.setattr(detector_learning, "own_examples", lambda: [example("We should mend it.", kind="call")] * 5)


def taught(kind: str | None = "recommendation") -> list[Lesson]:
    return [Lesson(WORDS % number, "", kind) for number in range(40)]


@pytest.fixture
def meeting(any_session: Session) -> Iterator[Meeting]:
    return make_meeting(any_session, make_register(any_session))


def test_too_few_decisions_teach_nothing() -> None:
    with pytest.raises(Refused, match="Only 3 passages"):
        detector_learning.learn(taught()[:3])


@pytest.mark.usefixtures("little_ground")
def test_what_people_always_take_is_found_the_next_time() -> None:
    learned = detector_learning.learn(taught())
    assert (learned.decisions, learned.aside, learned.before, learned.after) == (40, 8, 0.0, 1.0)
    assert learned.is_better


def test_what_does_worse_is_not_better() -> None:
    assert not detector_learning.Learned("", 40, 8, before=0.9, after=0.8).is_better


@pytest.mark.usefixtures("little_ground")
def test_the_next_file_is_read_by_what_was_learned() -> None:
    known = KnownContext(model=detector_learning.learn(taught()).model)
    found = [
        len(prepare_file.prepare(b"MS OAK: " + (WORDS % 7).encode(), one).candidates) for one in (KnownContext(), known)
    ]
    assert found == [0, 1]


@pytest.mark.usefixtures("little_ground")
def test_a_register_reads_by_its_own_detector(any_session: Session, meeting: Meeting) -> None:
    learned = detector_learning.learn(taught())
    detector_learning.keep(any_session, meeting.body_id, learned, by=SYSTEM, now=NOW)
    assert parse(what_is_known(any_session, meeting).model or "").kinds
    other = make_meeting(any_session, make_register(any_session, slug="park"), slug="other")
    assert what_is_known(any_session, other).model is None


def test_what_is_learned_later_takes_the_place_of_the_earlier(any_session: Session, meeting: Meeting) -> None:
    learned = detector_learning.Learned("{}", 40, 8, 0.5, 0.5)
    for one in (learned, replace(learned, decisions=50)):
        detector_learning.keep(any_session, meeting.body_id, one, by=SYSTEM, now=NOW)
    assert any_session.get_one(TrainedDetector, meeting.body_id).decisions == 50


def test_what_was_learned_can_be_forgotten(any_session: Session, meeting: Meeting) -> None:
    trained = detector_learning.keep(
        any_session, meeting.body_id, detector_learning.Learned("{}", 40, 8, 0.5, 0.5), by=SYSTEM, now=NOW
    )
    detector_learning.forget(any_session, trained, by=SYSTEM, now=NOW)
    any_session.commit()
    assert what_is_known(any_session, meeting).model is None
