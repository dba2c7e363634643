"""Figures of a report: what is counted as what."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.reports.pictures import DAY, POINTS, addressee, entry, overdue
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ResponseState
from tracker.reports.differences import compare
from tracker.reports.progress import (
    Concern,
    ReportView,
    attention,
    concern,
    counted_as_now,
    grouped,
    headline,
    responses,
    slipped_days,
    standing,
    tally,
    unanswered,
)
from tracker.reports.snapshot import Gone, Reply, ReportedAnswer, ReportedItem, ReportedStep, ReportStanding, Shift

YESTERDAY = DAY - timedelta(days=1)


def test_an_item_due_yesterday_is_overdue() -> None:
    assert standing(entry(due_on=YESTERDAY), DAY) is ReportStanding.OVERDUE


def test_what_nobody_has_accepted_is_counted_apart_from_what_is_late() -> None:
    unaccepted = overdue(promised_on=date(2013, 2, 1), is_accepted=False)
    figures = headline([unaccepted], DAY)
    assert (figures["overdue"], figures["slipped"], figures["past"], figures["moved"]) == (0, 0, 1, 0)
    assert concern(unaccepted, DAY) is Concern.PAST


def test_a_report_of_before_counts_as_it_did_and_is_compared_by_the_rule_of_today() -> None:
    before = overdue()
    assert standing(before, DAY) is ReportStanding.OVERDUE
    assert standing(counted_as_now(before), DAY) is ReportStanding.PAST
    assert standing(counted_as_now(overdue(is_owned=True)), DAY) is ReportStanding.OVERDUE


def test_an_item_due_on_the_day_is_open() -> None:
    assert standing(entry(due_on=DAY), DAY) is ReportStanding.OPEN


def test_what_waits_for_a_condition_is_not_late() -> None:
    assert standing(entry(due_on=YESTERDAY, condition="if money is found"), DAY) is ReportStanding.WAITING


def test_a_condition_that_came_true_no_longer_excuses() -> None:
    met = entry(due_on=YESTERDAY, condition="if money is found", condition_met_on=date(2013, 5, 1))
    assert standing(met, DAY) is ReportStanding.OVERDUE


def test_waiting_for_a_party_excuses_nobody_from_the_date() -> None:
    assert standing(entry(progress=Progress.WAITING, due_on=YESTERDAY), DAY) is ReportStanding.OVERDUE
    assert standing(entry(progress=Progress.WAITING), DAY) is ReportStanding.WAITING


@pytest.mark.parametrize("progress", [Progress.DONE, Progress.NO_LONGER_PURSUED])
def test_a_disputed_closing_is_neither_done_nor_given_up(progress: Progress) -> None:
    disputed = entry(progress=progress, proposer_view=ProposerView.DISPUTES)
    assert standing(disputed, DAY) is ReportStanding.DISPUTED
    assert headline([disputed], DAY)["done"] == 0


def test_partly_done_is_not_done_but_stays_so_in_a_report_of_before() -> None:
    partly = {"progress": Progress.DONE, "proposer_view": ProposerView.PARTLY}
    assert standing(entry(is_accepted=True, **partly), DAY) is ReportStanding.DISPUTED
    assert standing(entry(**partly), DAY) is ReportStanding.DONE


def test_closed_says_which_way() -> None:
    entries = [entry(1, progress=Progress.DONE), entry(2, progress=Progress.NO_LONGER_PURSUED)]
    figures = headline(entries, DAY)
    assert (figures["done"], figures["no-longer-pursued"], figures["open"]) == (1, 1, 0)


def test_standings_add_up_to_the_items() -> None:
    entries = [overdue(1), entry(2), entry(3, progress=Progress.DONE), entry(4, progress=Progress.WAITING)]
    sums = tally(entries, DAY)
    assert sum(sums.standing.values()) == sums.items == 4


def test_done_is_told_by_what_the_asker_says() -> None:
    done = [entry(n, progress=Progress.DONE, proposer_view=view) for n, view in enumerate((None, ProposerView.PARTLY))]
    assert tally(done, DAY).done == {
        None: 1,
        ProposerView.SATISFIED: 0,
        ProposerView.PARTLY: 1,
        ProposerView.DISPUTES: 0,
    }


def test_slippage_counts_from_the_day_first_promised() -> None:
    assert slipped_days(entry(promised_on=date(2013, 2, 28), due_on=date(2013, 3, 30))) == 30


@pytest.mark.parametrize(
    "values",
    [
        {"promised_on": date(2013, 3, 30), "due_on": date(2013, 2, 28)},
        {"promised_on": date(2013, 2, 28)},
        {"promised_on": date(2013, 2, 28), "due_on": date(2013, 3, 30), "progress": Progress.DONE},
    ],
    ids=["earlier than promised", "no date any more", "closed"],
)
def test_nothing_slips_that_is_not_open_and_later(values: dict[str, Any]) -> None:
    assert slipped_days(entry(**values)) == 0


def test_an_item_is_quiet_after_thirty_days_without_news() -> None:
    old = date(2013, 9, 22)
    entries = [entry(1, created_on=old), entry(2, created_on=old, last_news_on=date(2013, 9, 23))]
    assert tally(entries, DAY).quiet == 1


def test_nobody_owns_what_nobody_has_accepted() -> None:
    entries = [entry(1, is_owned=True, owner="body:1"), entry(2), entry(3, progress=Progress.DONE)]
    assert tally(entries, DAY).unowned == 1


def test_responses_are_counted_by_party_and_apart_from_progress() -> None:
    entries = [
        entry(1, progress=Progress.DONE, answers=addressee(ResponseState.NOT_TAKEN_UP, ResponseState.TAKEN_UP)),
        entry(2, answers=addressee(ResponseState.TAKEN_UP)),
    ]
    counts = responses(entries)
    assert (counts[ResponseState.TAKEN_UP], counts[ResponseState.NOT_TAKEN_UP]) == (2, 1)
    assert headline(entries, DAY)["done"] == 1


def test_an_item_is_unanswered_until_one_party_has_answered() -> None:
    silent = entry(1, answers=addressee(ResponseState.NOT_YET_SENT, ResponseState.SENT))
    heard = entry(2, answers=addressee(ResponseState.SENT, ResponseState.REFERRED))
    assert unanswered([silent, heard, entry(3)]) == 1


def test_concerns_name_the_worst_first() -> None:
    late = overdue(promised_on=date(2013, 1, 1))
    assert concern(late, DAY) is Concern.OVERDUE


def test_attention_begins_with_the_longest_overdue() -> None:
    entries = [
        entry(1, progress=Progress.NO_LONGER_PURSUED),
        entry(2, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES),
        overdue(3, due_on=YESTERDAY),
        overdue(4),
        entry(5),
    ]
    assert [item.number for item in attention(entries, DAY)] == [4, 3, 2, 1]


def test_milestones_stand_in_the_order_of_the_calendar_and_none_last() -> None:
    entries = [entry(1), entry(2, milestone="igf-2013"), entry(3, milestone="feb-2013-consultations")]
    assert [group.key for group in grouped(entries, ReportView.MILESTONE, POINTS)] == [
        "feb-2013-consultations",
        "igf-2013",
        None,
    ]


def test_themes_stand_with_the_largest_first_and_none_last() -> None:
    entries = [entry(1, theme="archive"), entry(2, theme="training"), entry(3, theme="training"), entry(4), entry(5)]
    assert [group.key for group in grouped(entries, ReportView.THEME)] == ["training", "archive", None]


def test_a_former_owner_owns_nothing() -> None:
    assert [group.key for group in grouped([entry(owner="body:1", is_owned=False)], ReportView.OWNER)] == [None]


@pytest.mark.parametrize("view", ReportView)
def test_every_item_is_in_exactly_one_group(view: ReportView) -> None:
    entries = [overdue(1, theme="archive"), entry(2, owner="body:1", is_owned=True), entry(3)]
    numbers = [item.number for group in grouped(entries, view, POINTS) for item in group.entries]
    assert sorted(numbers) == [1, 2, 3]


def changed() -> tuple[ReportedItem, ReportedItem]:
    before = entry(1, due_on=date(2013, 2, 28), answers=addressee(ResponseState.SENT))
    after = entry(
        1,
        due_on=date(2013, 5, 21),
        progress=Progress.DONE,
        answers=(
            ReportedAnswer("body:1", ResponseState.TAKEN_UP),
            ReportedAnswer("body:2", ResponseState.NOT_YET_SENT),
        ),
    )
    return before, after


def test_items_that_disappeared_are_told_by_their_old_title() -> None:
    assert compare([entry(3, title="Count the books")], [], since=DAY, day=DAY).gone == (
        Gone(3, "Count the books", Progress.NOT_STARTED),
    )


def test_a_closing_that_is_disputed_since_is_a_change() -> None:
    done = entry(1, progress=Progress.DONE)
    disputed = entry(1, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES)
    assert compare([done], [disputed], since=DAY, day=DAY).steps == (
        ReportedStep(1, Progress.DONE, Progress.DONE, is_disputed=True),
    )
    assert compare([disputed], [], since=DAY, day=DAY).gone[0].is_disputed


def test_new_items_are_told_by_number() -> None:
    assert compare([entry(1)], [entry(1), entry(9), entry(4)], since=DAY, day=DAY).new == (4, 9)


def test_of_two_who_appear_as_one_body_only_the_one_who_answered_anew_is_told() -> None:
    sent, taken_up = (ReportedAnswer("body:1", state) for state in (ResponseState.SENT, ResponseState.TAKEN_UP))
    before, after = entry(1, answers=(taken_up, sent)), entry(1, answers=(taken_up, taken_up))
    assert compare([before], [before], since=DAY, day=DAY).replies == ()
    assert compare([before], [after], since=DAY, day=DAY).replies == (
        Reply(1, "body:1", ResponseState.SENT, ResponseState.TAKEN_UP),
    )


def test_a_changed_item_tells_each_change_apart() -> None:
    before, after = changed()
    found = compare([before], [after], since=DAY, day=DAY)
    assert found.steps == (ReportedStep(1, Progress.NOT_STARTED, Progress.DONE),)
    assert found.shifts == (Shift(1, date(2013, 2, 28), date(2013, 5, 21)),)
    assert found.replies == (
        Reply(1, "body:1", ResponseState.SENT, ResponseState.TAKEN_UP),
        Reply(1, "body:2", None, ResponseState.NOT_YET_SENT),
    )
