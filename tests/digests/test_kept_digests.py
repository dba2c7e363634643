"""Digests are kept for as long as their bodies say, and no longer once somebody they name is erased."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.digests.runs.test_queue_digests import mails, settle, tick
from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import SYSTEM, TODAY, made
from tracker.digests.kept_digests import forget_digests_naming, forget_old_digests, months_before
from tracker.digests.models import Digest
from tracker.erasure.erase_person import erase_everywhere
from tracker.mail.models import MailState


@pytest.mark.parametrize(
    ("now", "months", "expected"),
    [
        (datetime(2014, 11, 12, tzinfo=UTC), 24, datetime(2012, 11, 12, tzinfo=UTC)),
        (datetime(2013, 3, 31, tzinfo=UTC), 1, datetime(2013, 2, 28, tzinfo=UTC)),
        (datetime(2016, 2, 29, 8, tzinfo=UTC), 12, datetime(2015, 2, 28, 8, tzinfo=UTC)),
        (datetime(2013, 1, 15, tzinfo=UTC), 13, datetime(2011, 12, 15, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(now: datetime, months: int, expected: datetime) -> None:
    assert months_before(now, months) == expected


@pytest.fixture
def stage(any_session: Session) -> Stage:
    """A digest that was sent and speaks of the board and of Zoë Díaz."""
    stage = make_stage(any_session)
    tick(any_session)
    settle(any_session)
    [mail] = mails(any_session)
    mail.message, mail.subject = b"From: us", "1 overdue"
    words = {"registers": [{"name": "Library Board", "slug": "library-board"}], "who": "Zoë Díaz"}
    any_session.get_one(Digest, mail.id).content = words
    any_session.commit()
    return stage


def kept(stage: Stage) -> tuple[object, ...]:
    stage.session.commit()
    [mail] = mails(stage.session)
    return mail.message, mail.subject, stage.session.get_one(Digest, mail.id).content


@pytest.mark.parametrize(("months", "days", "is_kept"), [(24, 729, True), (24, 732, False), (6, 190, False)])
def test_a_digest_goes_when_its_body_keeps_it_no_longer(stage: Stage, months: int, days: int, *, is_kept: bool) -> None:
    made(stage.session, stage.board).digest_months = months
    names = forget_old_digests(stage.session, now=MONDAY + timedelta(days=days))
    assert len(names) == int(not is_kept)
    assert (kept(stage) == (None, "", None)) is not is_kept


def test_its_period_stays_so_that_nothing_is_sent_again(stage: Stage) -> None:
    forget_old_digests(stage.session, now=MONDAY + timedelta(days=800))
    kept(stage)
    assert tick(stage.session, MONDAY + timedelta(hours=1)) == 0
    assert mails(stage.session)[0].period == "2012-11-12"


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING, MailState.HELD])
def test_what_is_on_its_way_stays(stage: Stage, state: MailState) -> None:
    mails(stage.session)[0].state = state
    assert forget_old_digests(stage.session, now=MONDAY + timedelta(days=800)) == []


@pytest.mark.parametrize(("name", "is_kept"), [("Zoë Díaz", False), ("Zoe Diaz", True), ("", True), ("%", True)])
def test_a_digest_that_names_somebody_goes_with_them(stage: Stage, name: str, *, is_kept: bool) -> None:
    forget_digests_naming(stage.session, {name})
    assert (kept(stage)[2] is not None) is is_kept


def test_an_erasure_empties_what_others_were_sent_of_the_person(stage: Stage) -> None:
    made(stage.session, stage.ben).name = "Zoë Díaz"
    erase_everywhere(stage.session, stage.ben, "Requested on 3 May.", today=TODAY, by=SYSTEM, now=MONDAY)
    assert kept(stage) == (None, "", None)
