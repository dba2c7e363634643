"""What needs attention: by kind, each item once, and of what is without news only how much each body owes."""

from datetime import date

import pytest

from tests.reports.papers import wording
from tests.reports.pictures import addressee, entry, overdue
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ResponseState
from tracker.reports.attention import declined, needing_attention, without_news
from tracker.reports.snapshot import ReportedItem
from tracker.reports.waiting import waiting

LONG_AGO = date(2013, 3, 1)


def test_an_item_stands_once_under_its_worst_news() -> None:
    late_and_later = overdue(1, promised_on=date(2013, 2, 1))
    disputed = entry(2, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES)
    given_up = entry(3, progress=Progress.NO_LONGER_PURSUED)
    section = needing_attention(wording(given_up, disputed, late_and_later))
    assert [(table.caption, [row[0].text for row in table.rows]) for table in section.tables] == [
        ("Overdue, the longest first", ["1"]),
        ("Closed, but disputed or partly", ["2"]),
        ("No longer pursued", ["3"]),
    ]


def test_titles_have_nearly_half_of_the_width() -> None:
    columns = needing_attention(wording(overdue())).tables[0].columns
    assert columns[1].share / sum(column.share for column in columns) == pytest.approx(0.45)


def test_what_nobody_owns_and_what_has_no_date_is_a_dash() -> None:
    row = needing_attention(wording(entry(progress=Progress.NO_LONGER_PURSUED))).tables[0].rows[0]
    assert [cell.text for cell in row[-2:]] == ["–", "–"]


def test_no_news_is_counted_by_body_and_no_item_is_named() -> None:
    owned = [entry(number, created_on=LONG_AGO, is_owned=True, owner="body:2") for number in (1, 2)]
    (section,) = without_news(wording(*owned, entry(3, created_on=LONG_AGO), entry(4)))
    assert [[cell.text for cell in row] for row in section.tables[0].rows] == [
        ["Archive Office", "2"],
        ["no owner yet", "1"],
    ]


def test_a_volunteer_without_a_body_is_not_named_beside_no_news() -> None:
    (section,) = without_news(wording(entry(created_on=LONG_AGO, is_owned=True)))
    assert section.tables[0].rows[0][0].text == "a volunteer"


@pytest.mark.parametrize(
    ("item", "is_listed"),
    [
        (entry(answers=addressee(ResponseState.NOT_TAKEN_UP)), True),
        (entry(answers=addressee(ResponseState.NOT_TAKEN_UP, ResponseState.SENT)), True),
        (entry(answers=addressee(ResponseState.NOT_TAKEN_UP, ResponseState.TAKEN_UP_IN_PART)), False),
        (entry(answers=addressee(ResponseState.NOT_TAKEN_UP), progress=Progress.DONE), False),
        (entry(answers=addressee(ResponseState.SENT)), False),
        (entry(), False),
    ],
)
def test_declined_is_what_no_addressee_took_up(item: ReportedItem, is_listed: bool) -> None:
    assert bool(declined(wording(item))) is is_listed


def test_where_nothing_is_quiet_or_declined_there_is_no_such_section() -> None:
    assert without_news(wording(entry())) == declined(wording(entry())) == ()


def test_a_page_names_so_many_of_each_list_and_says_how_many_are_left() -> None:
    refused = [entry(number, answers=addressee(ResponseState.NOT_TAKEN_UP)) for number in (1, 2, 3)]
    waiting_items = [entry(number, progress=Progress.WAITING) for number in (4, 5, 6)]
    shown = wording(*refused, *waiting_items)
    for section in (*declined(shown, 2), *waiting(shown, 2)):
        assert len(section.tables[0].rows) == 2
        assert section.text[-1] == "1 more item is listed under All items."
