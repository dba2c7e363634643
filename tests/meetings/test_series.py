"""A series makes its milestones ahead, once each, and leaves those alone that people have moved or cancelled."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, TODAY, make_register
from tracker.errors import Refused, Stale
from tracker.history import change
from tracker.history_queries import of_subject
from tracker.meetings.models import Milestone, Repeats, Series
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import (
    SeriesDetails,
    SeriesName,
    add_series,
    earlier_name,
    extend,
    extend_all,
    planned,
    rename_series,
)

TUESDAYS = Rule(date(2012, 11, 13), Repeats.WEEKS, every=2)
CALL = SeriesDetails("Monthly call", TUESDAYS, "by telephone")
DAYS = {"today": TODAY, "by": SYSTEM, "now": NOW}


def made(session: Session, details: SeriesDetails = CALL) -> Series:
    series = add_series(session, make_register(session).id, details, today=TODAY, by=SYSTEM, now=NOW)
    session.commit()
    return series


def milestones(session: Session) -> list[Milestone]:
    return list(session.exec(select(Milestone).order_by(col(Milestone.starts_on))))


def test_a_series_makes_milestones_of_the_year_ahead(any_session: Session) -> None:
    series = made(any_session)
    found = milestones(any_session)
    assert [found[0].slug, found[1].slug] == ["monthly-call-2012-11-13", "monthly-call-2012-11-27"]
    assert found[-1].starts_on == date(2013, 11, 12)
    assert {(one.series_id, one.series_day == one.starts_on, one.place) for one in found} == {
        (series.id, True, "by telephone")
    }


def test_making_it_again_makes_nothing(any_session: Session) -> None:
    series = made(any_session)
    assert extend(any_session, series, **DAYS) == []  # type: ignore[arg-type]


def test_one_that_moved_or_was_cancelled_is_not_made_again(session: Session) -> None:
    series = made(session)
    first, second = milestones(session)[:2]
    change(
        session, first, {"starts_on": date(2012, 11, 15), "ends_on": date(2012, 11, 15)}, "moved", by=SYSTEM, now=NOW
    )
    change(session, second, {"is_cancelled": True}, "cancelled", by=SYSTEM, now=NOW)
    assert extend(session, series, **DAYS) == []  # type: ignore[arg-type]


def test_time_goes_on_and_what_is_missing_is_made_once(session: Session) -> None:
    made(session)
    later = datetime(2013, 2, 1, 12, tzinfo=UTC)
    count = len(milestones(session))
    assert extend_all(session, by=SYSTEM, now=later) == 5
    assert extend_all(session, by=SYSTEM, now=later) == 0
    assert len(milestones(session)) == count + 5


def test_a_series_that_began_long_ago_makes_only_what_comes(session: Session) -> None:
    made(session, replace(CALL, rule=replace(TUESDAYS, first_day=date(2011, 1, 4))))
    assert milestones(session)[0].starts_on >= TODAY


def test_a_meeting_may_last_for_days(session: Session) -> None:
    made(session, replace(CALL, length_days=3, rule=replace(TUESDAYS, times=1)))
    (only,) = milestones(session)
    assert (only.starts_on, only.ends_on) == (date(2012, 11, 13), date(2012, 11, 15))


def test_series_and_milestones_have_their_first_line_of_history(session: Session) -> None:
    series = made(session)
    assert [line.verb for line in of_subject(session, series.history_key())] == ["added"]
    assert [line.verb for line in of_subject(session, milestones(session)[0].history_key())] == ["added"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"every": 0}, "every"),
        ({"every": 25}, "every"),
        ({"times": 0}, "times"),
        ({"times": 3, "until": date(2013, 1, 1)}, "times"),
        ({"until": date(2012, 11, 12)}, "until"),
        ({"first_day": date(9999, 1, 1)}, "first_day"),
        ({"first_day": date(2015, 1, 1)}, "first_day"),
        ({"first_day": date(2011, 1, 4), "times": 3}, "first_day"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        planned(replace(CALL, rule=replace(TUESDAYS, **wrong)), TODAY)
    assert refusal.value.field == field


def test_a_title_of_nothing_is_refused(session: Session) -> None:
    with pytest.raises(Refused):
        made(session, replace(CALL, title=" \u200b"))


@pytest.mark.parametrize("length", [0, 32])
def test_a_meeting_lasts_a_day_to_a_month(length: int) -> None:
    with pytest.raises(Refused) as refusal:
        planned(replace(CALL, length_days=length), TODAY)
    assert (refusal.value.message, refusal.value.field) == ("Enter a number from 1 to %(most)s.", "length_days")
    assert refusal.value.values == {"most": 31}


def test_a_renamed_series_renames_what_is_to_come_but_for_names_and_places_of_their_own(any_session: Session) -> None:
    series = made(any_session)
    past, own, moved, last = (milestones(any_session)[place] for place in (0, 1, 2, -1))
    change(any_session, own, {"title": "Call with the host"}, "renamed", by=SYSTEM, now=NOW)
    change(any_session, moved, {"place": "Paris"}, "renamed", by=SYSTEM, now=NOW)
    told = {"seen_version": 1, **DAYS, "today": date(2012, 11, 20)}
    renamed = rename_series(any_session, series, SeriesName(" Talk ", "in the hall"), **told)  # type: ignore[arg-type]
    found = [(one.title, one.place) for one in (past, own, moved, last)]
    assert found == [
        ("Monthly call", "by telephone"), ("Call with the host", "in the hall"),
        ("Talk", "Paris"), ("Talk", "in the hall"),
    ]  # fmt: skip
    assert past not in renamed
    assert last.slug.startswith("monthly-call")


def test_a_series_is_renamed_back_and_what_comes_later_is_called_so(session: Session) -> None:
    series, told = made(session), {**DAYS, "seen_version": 1}
    assert earlier_name(session, series) is None
    rename_series(session, series, SeriesName("Talk", "by telephone"), **told)  # type: ignore[arg-type]
    before = earlier_name(session, series)
    assert before == SeriesName("Monthly call", "by telephone")
    with pytest.raises(Stale):
        rename_series(session, series, before, **told)  # type: ignore[arg-type]
    rename_series(session, series, before, **{**told, "seen_version": 2})  # type: ignore[arg-type]
    assert {one.title for one in milestones(session)} == {"Monthly call"}
