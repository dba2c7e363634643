"""The calendar of digests, over a year in ten zones and on the days when clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.digests.runs.send_times import (
    MEMORY,
    Rhythm,
    due_at,
    latest_period,
    next_due,
    next_period,
    period_of,
    period_to_send,
)
from tracker.people.models import Frequency

ZONES = [
    "Europe/Zurich", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca", "UTC",
]  # fmt: skip
TIMES = [(0, 8), (0, 0), (6, 2)]
YEAR = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


class Reader:
    """A subscription and the digests it got, as the pass keeps them: the week, and when it was made."""

    def __init__(self, rhythm: Rhythm, since: datetime) -> None:
        self.rhythm, self.since = rhythm, since
        self.paused_until: date | None = None
        self.made: list[tuple[date, datetime]] = []

    def tick(self, now: datetime) -> None:
        period = period_to_send(now, self.rhythm, **self.bounds(now))
        if period is not None and period not in dict(self.made):
            self.made.append((period, now))

    def bounds(self, now: datetime) -> dict[str, Any]:
        near = [period for period, made_at in self.made if abs(made_at - now) <= MEMORY]
        return {
            "subscribed_at": self.since, "last_made": max(near, default=None), "paused_until": self.paused_until,
        }  # fmt: skip

    def live(self, start: datetime, end: datetime, step: timedelta = timedelta(hours=1)) -> "Reader":
        while start < end:
            self.tick(start)
            start += step
        return self


def reader(zone: str = "Europe/Zurich", weekday: int = 0, hour: int = 8, since: datetime = YEAR[0]) -> Reader:
    return Reader(Rhythm(weekday, hour, ZoneInfo(zone)), since)


def mondays() -> list[date]:
    return [date(2027, 1, 4) + timedelta(weeks=week) for week in range(52)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("weekday", "hour"), TIMES)
def test_a_year_brings_every_week_its_one_digest(zone: str, weekday: int, hour: int) -> None:
    weeks = [period for period, _ in reader(zone, weekday, hour).live(*YEAR).made]
    assert weeks == sorted(set(weeks))
    assert [week for week in weeks if week in mondays()[:51]] == mondays()[:51]


@pytest.mark.parametrize("zone", ZONES)
def test_a_tick_a_minute_brings_the_digest_within_two_minutes(zone: str) -> None:
    for period in mondays():
        due = due_at(period, Rhythm(0, 8, ZoneInfo(zone)))
        made = reader(zone).live(due - timedelta(minutes=3), due + timedelta(minutes=3), timedelta(minutes=1)).made
        assert [(week, at - due < timedelta(minutes=2)) for week, at in made] == [(period, True)]


def on_the_wall(period: date, weekday: int, hour: int, zone: str) -> str:
    return due_at(period, Rhythm(weekday, hour, ZoneInfo(zone))).astimezone(ZoneInfo(zone)).isoformat()


@pytest.mark.parametrize(
    ("period", "wall"),
    [
        (date(2027, 3, 22), "2027-03-22T08:00:00+01:00"),
        (date(2027, 3, 29), "2027-03-29T08:00:00+02:00"),
        (date(2027, 10, 25), "2027-10-25T08:00:00+02:00"),
        (date(2027, 11, 1), "2027-11-01T08:00:00+01:00"),
    ],
)
def test_eight_o_clock_stays_eight_o_clock_when_clocks_change(period: date, wall: str) -> None:
    assert on_the_wall(period, 0, 8, "Europe/Zurich") == wall


def test_an_hour_that_is_left_out_moves_on_by_the_gap() -> None:
    assert on_the_wall(date(2027, 3, 22), 6, 2, "Europe/Zurich") == "2027-03-28T03:00:00+02:00"


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    assert on_the_wall(date(2027, 10, 25), 6, 2, "Europe/Zurich") == "2027-10-31T02:00:00+02:00"


def test_a_gap_of_half_an_hour_moves_on_by_half_an_hour() -> None:
    assert on_the_wall(date(2027, 9, 27), 6, 2, "Australia/Lord_Howe") == "2027-10-03T02:30:00+11:00"


def test_a_day_that_never_was_is_the_next_day_on_the_wall() -> None:
    assert on_the_wall(date(2011, 12, 26), 4, 8, "Pacific/Apia") == "2011-12-31T08:00:00+14:00"


def test_the_latest_period_is_the_one_due_at_this_very_moment() -> None:
    rhythm = Rhythm(0, 8, ZoneInfo("Europe/Zurich"))
    due = datetime(2027, 3, 29, 6, 0, tzinfo=UTC)
    assert latest_period(due, rhythm) == date(2027, 3, 29)
    assert latest_period(due - timedelta(seconds=1), rhythm) == date(2027, 3, 22)


def test_east_of_the_date_line_the_week_begins_earlier() -> None:
    rhythm = Rhythm(0, 8, ZoneInfo("Pacific/Kiritimati"))
    assert latest_period(datetime(2027, 3, 28, 18, 0, tzinfo=UTC), rhythm) == date(2027, 3, 29)


def test_who_subscribes_hears_first_at_the_next_due_moment() -> None:
    since = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)
    made = reader(since=since).live(since, since + timedelta(days=8)).made
    assert [period for period, _ in made] == [date(2027, 3, 8)]


def test_eighteen_days_off_are_caught_up_once() -> None:
    reads = reader().live(YEAR[0], datetime(2027, 3, 1, 12, tzinfo=UTC))
    before = len(reads.made)
    reads.live(datetime(2027, 3, 19, 12, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC))
    assert [period for period, _ in reads.made[before:]] == [date(2027, 3, 15)]


def test_a_catch_up_less_than_a_day_before_the_next_digest_is_left_to_it() -> None:
    reads = reader().live(YEAR[0], datetime(2027, 3, 1, 12, tzinfo=UTC))
    before = len(reads.made)
    reads.live(datetime(2027, 3, 21, 12, tzinfo=UTC), datetime(2027, 3, 23, tzinfo=UTC))
    assert [period for period, _ in reads.made[before:]] == [date(2027, 3, 22)]


def test_a_clock_set_back_fifteen_days_brings_nothing_again() -> None:
    reads = reader().live(YEAR[0], datetime(2027, 6, 1, tzinfo=UTC))
    before = len(reads.made)
    reads.live(datetime(2027, 5, 17, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
    assert len(reads.made) == before


def test_a_clock_that_jumped_three_years_ahead_and_back_costs_one_digest_at_most() -> None:
    reads = reader().live(YEAR[0], datetime(2027, 6, 1, tzinfo=UTC))
    reads.live(datetime(2030, 6, 1, tzinfo=UTC), datetime(2030, 6, 1, 6, tzinfo=UTC))
    reads.live(datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 8, 1, tzinfo=UTC))
    weeks = [period for period, _ in reads.made]
    assert len([week for week in weeks if week.year == 2030]) <= 1
    assert [week for week in weeks if date(2027, 1, 4) <= week < date(2027, 8, 1)] == [
        week for week in mondays() if week < date(2027, 7, 27)
    ]


def test_another_day_or_zone_brings_no_week_twice() -> None:
    reads = reader().live(YEAR[0], datetime(2027, 3, 3, tzinfo=UTC))
    reads.rhythm = Rhythm(4, 18, ZoneInfo("Asia/Tokyo"))
    reads.live(datetime(2027, 3, 3, tzinfo=UTC), datetime(2027, 3, 24, tzinfo=UTC))
    weeks = [period for period, _ in reads.made]
    assert len(weeks) == len(set(weeks))
    assert weeks[-3:] == [date(2027, 3, 1), date(2027, 3, 8), date(2027, 3, 15)]


@pytest.mark.parametrize(
    ("frequency", "day", "begins", "following"),
    [
        (Frequency.DAILY, date(2012, 11, 14), date(2012, 11, 14), date(2012, 11, 15)),
        (Frequency.WEEKLY, date(2012, 11, 18), date(2012, 11, 12), date(2012, 11, 19)),
        (Frequency.WEEKLY, date(2012, 12, 31), date(2012, 12, 31), date(2013, 1, 7)),
        (Frequency.FORTNIGHTLY, date(2001, 1, 14), date(2001, 1, 1), date(2001, 1, 15)),
        (Frequency.FORTNIGHTLY, date(2012, 11, 18), date(2012, 11, 5), date(2012, 11, 19)),
        (Frequency.FORTNIGHTLY, date(2000, 12, 31), date(2000, 12, 18), date(2001, 1, 1)),
        (Frequency.MONTHLY, date(2012, 12, 31), date(2012, 12, 1), date(2013, 1, 1)),
        (Frequency.MONTHLY, date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1)),
    ],
)
def test_a_period_is_named_by_its_first_day(frequency: Frequency, day: date, begins: date, following: date) -> None:
    assert period_of(day, frequency) == begins
    assert next_period(begins, frequency) == following
    assert period_of(following - timedelta(days=1), frequency) == begins


@pytest.mark.parametrize(
    ("frequency", "period", "weekday", "wall"),
    [
        (Frequency.DAILY, date(2027, 3, 28), 3, "2027-03-28T08:00:00+02:00"),
        (Frequency.FORTNIGHTLY, date(2012, 11, 5), 2, "2012-11-07T08:00:00+01:00"),
        (Frequency.MONTHLY, date(2012, 11, 1), 0, "2012-11-05T08:00:00+01:00"),
        (Frequency.MONTHLY, date(2012, 11, 1), 3, "2012-11-01T08:00:00+01:00"),
        (Frequency.MONTHLY, date(2012, 12, 1), 4, "2012-12-07T08:00:00+01:00"),
    ],
)
def test_a_digest_comes_on_the_first_such_weekday_of_its_period(
    frequency: Frequency, period: date, weekday: int, wall: str
) -> None:
    zone = ZoneInfo("Europe/Zurich")
    assert due_at(period, Rhythm(weekday, 8, zone, frequency)).astimezone(zone).isoformat() == wall


@pytest.mark.parametrize(("frequency", "count"), [("daily", 365), ("fortnightly", 26), ("monthly", 12)])
@pytest.mark.parametrize("zone", ZONES)
def test_a_year_brings_every_period_its_one_digest(zone: str, frequency: str, count: int) -> None:
    # The year is that of the place: in Apia it begins earlier than in UTC, in New York later.
    start = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = datetime(2028, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    rhythm = Rhythm(0, 8, ZoneInfo(zone), Frequency(frequency))
    periods = [period for period, _ in Reader(rhythm, start).live(start, end).made]
    assert periods == sorted(set(periods))
    assert len(periods) == count
    assert all(next_period(before, rhythm.frequency) == after for before, after in pairwise(periods))


@pytest.mark.parametrize(
    ("frequency", "wakes", "periods"),
    [
        # Three days off: today's, although tomorrow's is less than a day away.
        (Frequency.DAILY, datetime(2027, 3, 18, 12, tzinfo=UTC), [date(2027, 3, 18)]),
        (Frequency.WEEKLY, datetime(2027, 3, 19, 12, tzinfo=UTC), [date(2027, 3, 15)]),
        # The day before the next one is due: that one covers everything.
        (Frequency.FORTNIGHTLY, datetime(2027, 3, 21, 12, tzinfo=UTC), []),
        (Frequency.FORTNIGHTLY, datetime(2027, 3, 18, 12, tzinfo=UTC), [date(2027, 3, 8)]),
        (Frequency.MONTHLY, datetime(2027, 4, 4, 12, tzinfo=UTC), []),
        (Frequency.MONTHLY, datetime(2027, 4, 3, 12, tzinfo=UTC), [date(2027, 3, 1)]),
    ],
)
def test_what_was_missed_is_caught_up_once_unless_the_next_one_is_near(
    frequency: Frequency, wakes: datetime, periods: list[date]
) -> None:
    reads = Reader(Rhythm(0, 8, ZoneInfo("Europe/Zurich"), frequency), datetime(2027, 2, 20, tzinfo=UTC))
    reads.live(wakes, wakes + timedelta(hours=3))
    assert [period for period, _ in reads.made] == periods


@pytest.mark.parametrize("before", [Frequency.DAILY, Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY])
@pytest.mark.parametrize("after", [Frequency.DAILY, Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY])
@pytest.mark.parametrize(
    ("zone", "hour", "switch"),
    [
        ("Asia/Tokyo", 8, datetime(2027, 3, 24, 3, tzinfo=UTC)),
        # At midnight of 31 December, a second before and at it, where digests come at midnight.
        ("Europe/Zurich", 0, datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)),
        ("Europe/Zurich", 0, datetime(2026, 12, 31, 23, tzinfo=UTC)),
        # The end of 29 December 2011 in Samoa, after which came the 31st.
        ("Pacific/Apia", 0, datetime(2011, 12, 30, 9, 59, 59, tzinfo=UTC)),
        ("Pacific/Apia", 8, datetime(2011, 12, 30, 10, tzinfo=UTC)),
        # A midnight that is left out.
        ("America/Santiago", 0, datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ],
)
def test_another_frequency_doubles_nothing_and_the_new_one_goes_on(
    before: Frequency, after: Frequency, zone: str, hour: int, switch: datetime
) -> None:
    begin = switch - timedelta(days=50)
    step = timedelta(hours=3)
    reads = Reader(Rhythm(2, hour, ZoneInfo(zone), before), begin - timedelta(days=1)).live(begin, switch, step)
    reads.rhythm = Rhythm(2, hour, ZoneInfo(zone), after)
    reads.live(switch, switch + timedelta(days=47), step)
    periods = [period for period, _ in reads.made]
    assert periods == sorted(set(periods))
    # From the switch on the longest gap is that of the new rhythm.
    moments = [moment for _, moment in reads.made if moment >= switch - timedelta(days=31)]
    most = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.MONTHLY: 35}
    gaps = [(end - start).days for start, end in pairwise(moments)]
    assert max(gaps) <= max(most[before], most[after])


@pytest.mark.parametrize(
    ("until", "periods"),
    [
        # Away over two Mondays: one digest on the first Monday after.
        (date(2027, 3, 20), [date(2027, 3, 1), date(2027, 3, 22)]),
        # The pause ends on the day on which one is due.
        (date(2027, 3, 15), [date(2027, 3, 1), date(2027, 3, 15), date(2027, 3, 22)]),
        (date(2027, 3, 23), [date(2027, 3, 1)]),
    ],
)
def test_a_pause_ends_by_itself_with_one_digest(until: date, periods: list[date]) -> None:
    reads = reader(since=datetime(2027, 2, 28, tzinfo=UTC)).live(
        datetime(2027, 2, 28, tzinfo=UTC), datetime(2027, 3, 3, tzinfo=UTC)
    )
    reads.paused_until = until
    reads.live(datetime(2027, 3, 3, tzinfo=UTC), datetime(2027, 3, 26, tzinfo=UTC))
    assert [period for period, _ in reads.made] == periods


@pytest.mark.parametrize("frequency", ["daily", "weekly", "fortnightly", "monthly"])
@pytest.mark.parametrize("until", [None, date(2027, 3, 25), date(2027, 9, 30)])
def test_what_the_page_announces_is_when_the_next_one_comes(frequency: str, until: date | None) -> None:
    zone = ZoneInfo("America/New_York")
    reads = Reader(Rhythm(3, 17, zone, Frequency(frequency)), YEAR[0])
    now = datetime(2027, 3, 12, 9, tzinfo=UTC)
    reads.live(datetime(2027, 2, 1, tzinfo=UTC), now)
    reads.paused_until = until
    announced = next_due(now, reads.rhythm, **reads.bounds(now))
    made = len(reads.made)
    reads.live(now, announced)
    assert len(reads.made) == made
    reads.tick(announced)
    assert len(reads.made) == made + 1


def test_a_digest_that_is_overdue_is_announced_for_when_it_was_due() -> None:
    reads = reader()
    now = datetime(2027, 3, 17, 12, tzinfo=UTC)
    assert next_due(now, reads.rhythm, **reads.bounds(now)) == datetime(2027, 3, 15, 7, tzinfo=UTC)


def test_a_first_digest_years_ahead_is_announced() -> None:
    reads = reader(since=datetime(2030, 1, 1, 12, tzinfo=UTC))
    now = datetime(2027, 3, 17, 12, tzinfo=UTC)
    assert next_due(now, reads.rhythm, **reads.bounds(now)) == datetime(2030, 1, 7, 7, tzinfo=UTC)


def test_the_day_that_samoa_left_out_costs_no_digest_and_brings_none_twice() -> None:
    rhythm = Rhythm(0, 8, ZoneInfo("Pacific/Apia"), Frequency.DAILY)
    start = datetime(2011, 12, 27, tzinfo=rhythm.zone).astimezone(UTC)
    made = Reader(rhythm, start).live(start, start + timedelta(days=7), timedelta(minutes=30)).made
    assert [period.day for period, _ in made] == [27, 28, 29, 31, 1, 2, 3]
    assert {(after - before) for (_, before), (_, after) in pairwise(made)} == {timedelta(days=1)}


RHYTHMS = [Frequency.DAILY, Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY]
PAUSES = [(zone, until) for zone in ZONES for until in (date(2027, 12, 31), date(2028, 1, 1))]


@pytest.mark.parametrize("frequency", RHYTHMS)
@pytest.mark.parametrize("hour", [0, 23])
@pytest.mark.parametrize(("zone", "until"), [*PAUSES, *(("Pacific/Apia", date(2011, 12, day)) for day in (29, 30, 31))])
def test_a_pause_over_the_end_of_a_year_holds_to_its_day_and_costs_no_period(
    frequency: Frequency, hour: int, zone: str, until: date
) -> None:
    place = ZoneInfo(zone)
    reads = Reader(Rhythm(until.weekday(), hour, place, frequency), datetime(until.year - 1, 12, 1, tzinfo=UTC))
    reads.paused_until = until
    middle = datetime(until.year, until.month, until.day, tzinfo=place).astimezone(UTC)
    reads.live(middle - timedelta(days=40), middle + timedelta(days=40), timedelta(hours=3))
    days = [moment.astimezone(place).date() for _, moment in reads.made]
    # A day that the place left out ends where the next one begins.
    assert min(days) >= until
    longest = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.MONTHLY: 35}[frequency]
    gaps = [after - before for before, after in pairwise([middle, *(moment for _, moment in reads.made)])]
    assert max(gaps) <= timedelta(days=longest, hours=29)
    periods = [period for period, _ in reads.made]
    assert periods == sorted(set(periods))
