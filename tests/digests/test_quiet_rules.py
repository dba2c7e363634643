"""When nothing is sent: what was told already is no reason for a mail, until it presses more or a month has passed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import make_register
from tracker.digests.body_parts import DeskCount, DeskKind, NewlyPutForward, Register, SecretariatDesk
from tracker.digests.parts import DigestContent, DutyStage, as_plain
from tracker.digests.quiet_rules import ToldBefore, ToldStage, is_news, told_before
from tracker.mail.models import MailState

BOARD = Register("Library Board", "library-board", "")
WEEK = timedelta(weeks=1)
NOTHING = DigestContent("Ana Silva", MONDAY.date())


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def owing(stage: DutyStage) -> DigestContent:
    return replace(NOTHING, stages={7: stage})


def before(stage: DutyStage, weeks: int = 1) -> ToldBefore:
    return ToldBefore({7: ToldStage(stage, MONDAY - weeks * WEEK)})


@pytest.mark.parametrize(
    ("last", "now", "weeks", "is_told"),
    [
        (DutyStage.AHEAD, DutyStage.AHEAD, 1, False),
        (DutyStage.AHEAD, DutyStage.AHEAD, 3, False),
        (DutyStage.AHEAD, DutyStage.AHEAD, 4, True),
        (DutyStage.AHEAD, DutyStage.SOON, 1, True),
        (DutyStage.SOON, DutyStage.SOON, 1, False),
        (DutyStage.SOON, DutyStage.LATE, 1, True),
        (DutyStage.LATE, DutyStage.LATE, 2, False),
        (DutyStage.LATE, DutyStage.LATE, 4, True),
        # a date that moved away is told as a change, not as a debt
        (DutyStage.LATE, DutyStage.AHEAD, 1, False),
        (DutyStage.REQUESTED, DutyStage.REQUESTED, 1, False),
        # taken by the reader, so they know
        (DutyStage.REQUESTED, DutyStage.AHEAD, 1, False),
        (DutyStage.REQUESTED, DutyStage.SOON, 1, True),
        (DutyStage.AHEAD, DutyStage.WAITING, 1, True),
        (DutyStage.WAITING, DutyStage.WAITING, 1, False),
    ],
)
def test_what_is_owed_is_told_again_when_it_presses_more_or_after_a_month(
    last: DutyStage, now: DutyStage, weeks: int, is_told: bool
) -> None:
    assert is_news(owing(now), before(last, weeks), MONDAY) is is_told


def test_what_was_never_told_is_news_and_nothing_is_none() -> None:
    assert is_news(owing(DutyStage.AHEAD), ToldBefore(), MONDAY)
    assert not is_news(NOTHING, ToldBefore(), MONDAY)
    assert is_news(replace(NOTHING, created=(NewlyPutForward(BOARD, 2, ()),)), ToldBefore(), MONDAY)


def desk(**counts: int) -> DigestContent:
    return replace(
        NOTHING, desks=(SecretariatDesk(BOARD, tuple(DeskCount(DeskKind(kind), n) for kind, n in counts.items())),)
    )


@pytest.mark.parametrize(
    ("last", "now", "is_told"),
    [
        ({}, {"triage": 3}, True),
        ({"triage": 3}, {"triage": 3}, False),
        ({"triage": 3}, {"triage": 4}, True),
        ({"triage": 3, "bounced": 1}, {"triage": 3}, False),
        ({"triage": 3}, {"triage": 3, "bounced": 1}, True),
    ],
)
def test_a_desk_is_news_where_a_figure_changed(last: dict[str, int], now: dict[str, int], is_told: bool) -> None:
    figures = frozenset(("library-board", kind, count, 0) for kind, count in last.items())
    assert is_news(desk(**now), ToldBefore(figures=figures), MONDAY) is is_told


@pytest.mark.parametrize(
    ("state", "at", "is_kept"),
    [
        (MailState.SENT, MONDAY - WEEK, True),
        (MailState.DEAD, MONDAY - WEEK, False),
        (MailState.CANCELLED, MONDAY - WEEK, False),
        (MailState.SENT, MONDAY - 5 * WEEK, False),
        (MailState.SENT, MONDAY + WEEK, False),
    ],
)
def test_what_was_told_is_read_from_the_digests_that_were_sent(
    stage: Stage, state: MailState, at: datetime, is_kept: bool
) -> None:
    stage.kept(replace(owing(DutyStage.LATE), desks=desk(triage=3).desks), at, state)
    told = told_before(stage.session, [stage.ana.id, stage.ben.id], MONDAY)[stage.ana.id]
    expected = ToldBefore()
    if is_kept:
        expected = ToldBefore({7: ToldStage(DutyStage.LATE, at)}, frozenset({("library-board", "triage", 3, 0)}))
    assert told == expected
    assert told_before(stage.session, [stage.ben.id], MONDAY)[stage.ben.id] == ToldBefore()


def test_a_digest_kept_by_an_earlier_edition_counts_as_having_told_nothing(stage: Stage) -> None:
    old = {name: value for name, value in as_plain(NOTHING).items() if name not in ("stages", "desks")}
    stage.kept(old, MONDAY - WEEK)
    assert told_before(stage.session, [stage.ana.id], MONDAY).get(stage.ana.id, ToldBefore()) == ToldBefore()


def test_an_overdue_item_alone_is_told_once_and_again_after_a_month(stage: Stage) -> None:
    stage.overdue()
    weeks = [bool(stage.next_digest(MONDAY + week * WEEK).sections) for week in range(6)]
    assert weeks == [True, False, False, False, True, False]


def test_what_was_told_is_listed_in_brief_when_a_mail_goes_anyway(stage: Stage) -> None:
    stage.overdue()
    stage.next_digest(MONDAY)
    stage.item("Due soon", stage.ana, own_due_on=date(2012, 12, 3))
    content = stage.next_digest(MONDAY + WEEK)
    assert [(line.title, line.is_reminder) for section in content.sections for line in section.lines] == [
        ("Publish the list of rapporteurs", True),
        ("Due soon", False),
    ]


def test_more_than_a_mail_lists_are_all_told(stage: Stage) -> None:
    for number in range(15):
        stage.overdue(f"Late {number}")
    assert len(stage.next_digest(MONDAY).stages) == 15
    assert stage.next_digest(MONDAY + WEEK).is_empty


def test_what_is_due_is_told_when_it_comes_into_sight_and_when_it_is_soon(stage: Stage) -> None:
    stage.coming()  # on 28 February
    days = [date(2012, 11, 12), date(2012, 11, 19), date(2013, 2, 11), date(2013, 2, 18), date(2013, 3, 4)]
    told = [bool(stage.next_digest(datetime.combine(day, MONDAY.timetz())).sections) for day in days]
    assert told == [True, False, True, True, True]


def test_a_body_that_has_nothing_else_to_say_is_not_named_for_its_calendar(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    assert park.id
    stage.overdue()
    assert [body.register.slug for body in stage.next_digest(MONDAY).bodies] == ["library-board"]


def test_content_that_is_kept_holds_what_was_told(stage: Stage) -> None:
    item = stage.overdue()
    kept: dict[str, Any] = as_plain(stage.next_digest(MONDAY))
    assert kept["stages"] == {str(item.id): "late"}
