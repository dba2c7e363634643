"""Time words are kept as spoken; the milestone is what they mean on the meeting's day."""

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.detector.milestone_hints import Calendar, milestone
from tracker.detector.time_words import days_meant, time_words

HELD = date(2012, 11, 8)


@dataclass
class Day:
    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None


DAYS = [
    Day("forum-2012", "Water Forum 2012", date(2012, 11, 6), date(2012, 11, 9), "Arden"),
    Day("review", "Basin+5 review event", date(2013, 2, 25), date(2013, 2, 27), "Belmont"),
    Day("feb", "February 2013 consultations", date(2013, 2, 28), date(2013, 3, 1), "Belmont"),
    Day("board", "January board 2013", date(2013, 1, 22), date(2013, 1, 22), "Arden"),
    Day("forum-2013", "Water Forum 2013", date(2013, 10, 22), date(2013, 10, 25), "Cori"),
    Day("late", "Late review", date(2015, 1, 1), date(2015, 12, 31)),
]


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("we publish it by the end of next week.", "by the end of next week"),
        ("it comes on 25 to 27 february next year.", "on 25 to 27 february next year"),
        ("send it before the next meeting please", "before the next meeting"),
        ("in december we decide", "in december"),
        ("a draft within two months", "within two months"),
        ("ready by friday", "by friday"),
        ("going forward we look at it", "going forward"),
        ("a plan for 2013 to 2015", "for 2013 to 2015"),
        ("you have it today or tomorrow", "today or tomorrow"),
        ("we publish it later this year", "later this year"),
        ("the map comes shortly.", "shortly"),
        ("they report through the year", "through the year"),
        ("let us hold one in the coming forums", "in the coming forums"),
        ("soon we meet, and by march it is done", "by march"),
    ],
)
def test_time_words_are_found(passage: str, said: str) -> None:
    start, end = time_words(passage)[0]
    assert passage[start:end] == said


@pytest.mark.parametrize("passage", ["we may have a point", "they march on the capital", "the next speaker"])
def test_other_words_are_not_time(passage: str) -> None:
    assert time_words(passage) == []


@pytest.mark.parametrize(
    ("hint", "first", "last"),
    [
        ("on 25 to 27 february next year", date(2013, 2, 25), date(2013, 2, 27)),
        ("in december", date(2012, 12, 1), date(2012, 12, 31)),
        ("in march", date(2013, 3, 1), date(2013, 3, 31)),
        ("next year", date(2013, 1, 1), date(2013, 12, 31)),
        ("at the end of november this year", date(2012, 11, 1), date(2012, 11, 30)),
        ("by march 2014", date(2014, 3, 1), date(2014, 3, 31)),
    ],
)
def test_days_are_reckoned_from_the_meeting(hint: str, first: date, last: date) -> None:
    assert days_meant(hint, HELD) == (first, last)


def test_a_day_that_does_not_exist_means_nothing() -> None:
    assert days_meant("on 31 february", HELD) is None


@pytest.mark.parametrize(
    ("hint", "passage", "slug"),
    [
        ("next year", "let us continue with these reports next year", "forum-2013"),
        ("at the next forum", "let us try it at the next forum", "forum-2013"),
        ("on 25 to 27 february", "the event on 25 to 27 february in belmont", "review"),
        ("in february", "a draft for the consultations in february", "feb"),
        ("in january", "ready for the january board", "board"),
        (None, "let us meet again in cori", "forum-2013"),
        (None, "send it to the basin plus 5 review event", None),
        ("before the next board", "ready before the next board", "board"),
        ("in december", "they meet in december elsewhere", None),
        ("from january", "data every hour from january", None),
        ("next week", "by the end of next week", None),
        (None, "let us publish it", None),
    ],
)
def test_the_milestone_is_what_is_meant(hint: str | None, passage: str, slug: str | None) -> None:
    assert milestone(hint, passage, Calendar.of(HELD, DAYS)) == slug


@pytest.mark.parametrize(
    ("before", "passage", "slug"),
    [
        ("let us do it at the next water forum.", "i would help to organise that round table", "forum-2013"),
        ("let us do it at the next water forum.", "the wells are deep", None),
        ("", "i would help to organise that round table", None),
        ("they meet in cori.", "this meeting should have a map", "forum-2013"),
    ],
)
def test_a_passage_that_points_back_means_the_milestone_before(before: str, passage: str, slug: str | None) -> None:
    assert milestone(None, passage, Calendar.of(HELD, DAYS), before) == slug


@pytest.mark.parametrize(
    ("passage", "slug"),
    [
        ("such a table should be held in the coming water forums", "forum-2013"),
        ("for presentation to the 2013 meeting of the water forum", "forum-2013"),
        ("have it ready before the consultations", "feb"),
        ("the basin+5 session is a good place for it", "review"),
        ("the water forum of 2012 was too long", None),
    ],
)
def test_a_milestone_is_noticed_without_time_words(passage: str, slug: str | None) -> None:
    assert milestone(None, passage, Calendar.of(HELD, DAYS)) == slug


def test_a_month_means_the_first_gathering_in_it() -> None:
    assert milestone("by february", "the session needs it by february", Calendar.of(HELD, DAYS)) == "review"
