"""What a digest says of meetings that are cancelled, reinstated, or renamed."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlmodel import Session

from tests.digests.stage import MONDAY, Stage, make_stage
from tests.digests.test_content import heard
from tests.factories import SYSTEM, TODAY
from tracker.calendar.cancel_milestone import cancel_milestone, end_series
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.meetings.changes import reinstate
from tracker.meetings.models import Milestone, Repeats
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, SeriesName, add_series, rename_series
from tracker.web.mail.body_words import news
from tracker.web.mail.digest_subject import subject


@pytest.fixture(autouse=True)
def said_by(app: Flask) -> Iterator[None]:
    with app.app_context(), force_locale("en"):
        yield


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def cancel(stage: Stage, milestone: Milestone, reason: str = "A flood.") -> None:
    by = {"reason": reason, "seen_version": milestone.version, "by": SYSTEM, "now": MONDAY}
    cancel_milestone(stage.session, milestone, **by)  # type: ignore[arg-type]


def test_a_cancelled_milestone_is_told_with_why_and_what_is_due_there(stage: Stage) -> None:
    stage.coming(number=7)
    cancel(stage, stage.february)
    [one] = heard(stage).turned
    assert (one.turn, one.days, one.reason, one.items) == ("cancelled", (date(2013, 2, 28),), "A flood.", (7,))
    assert news(one) == (
        "February consultations, Thursday 28 February 2013, is cancelled. “A flood.” Your item 7 is due there."
    )


def test_a_moved_milestone_is_told_with_the_reason_given_and_by_whom(stage: Stage) -> None:
    stage.coming(number=7)
    for day, reason in ((3, "The hall is taken."), (4, "The **hall** is taken, and the other\none too.")):
        days = NewDays(date(2013, 3, day), date(2013, 3, day))
        by = {"by": stage.by(stage.sara), "now": MONDAY, "seen_version": stage.february.version}
        move_milestone(stage.session, stage.february, days, reason=reason, **by)  # type: ignore[arg-type]
    [move] = heard(stage).moved
    assert (move.before, move.after) == (date(2013, 2, 28), date(2013, 3, 4))
    assert (move.reason, move.who) == ("The hall is taken, and the other one too.", "Sara Lind")


def test_a_milestone_cancelled_and_held_after_all_in_one_week_is_no_news(stage: Stage) -> None:
    cancel(stage, stage.february)
    reinstate(stage.session, stage.february, version=2, by=SYSTEM, now=MONDAY)
    assert heard(stage).is_empty


def test_one_held_after_all_is_told(stage: Stage) -> None:
    stage.february.is_cancelled = True
    reinstate(stage.session, stage.february, version=1, by=SYSTEM, now=MONDAY)
    assert [news(one) for one in heard(stage).turned] == [
        "February consultations, Thursday 28 February 2013, is reinstated."
    ]


def test_a_series_that_ends_is_one_line_and_a_renamed_one_another(stage: Stage) -> None:
    details = SeriesDetails("Call", Rule(date(2012, 11, 13), Repeats.WEEKS, times=4))
    told = {"by": SYSTEM, "now": MONDAY}
    series = add_series(stage.session, stage.board.id, details, today=TODAY, **told)  # type: ignore[arg-type]
    rename_series(stage.session, series, SeriesName("Talk", None), seen_version=1, today=TODAY, **told)  # type: ignore[arg-type]
    end_series(stage.session, series, TODAY, reason="Done.", seen_version=2, **told)  # type: ignore[arg-type]
    content = heard(stage)
    assert [news(one) for one in content.turned] == [
        "Talk: 4 meetings are cancelled, the first on Tuesday 13 November 2012. “Done.”",
        "Call is now called Talk.",
    ]
    assert subject(content) == "4 milestones cancelled – Library Board"
