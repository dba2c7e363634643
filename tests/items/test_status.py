"""How far an item may come from where it stands."""

from datetime import timedelta

import pytest

from tests.factories import NOW
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ClosingDoubt, OwnerState, ResponseState
from tracker.items.status import allowed_progress, doubt, has_no_news, is_accepted, is_closed, may_become, may_follow

NOT_STARTED, IN_PROGRESS, WAITING, DONE_IN_PART, DONE, NO_LONGER = Progress


def test_two_ways_are_closed() -> None:
    assert [value for value in Progress if is_closed(value)] == [DONE, NO_LONGER]


def test_from_not_started_everything_may_follow() -> None:
    assert allowed_progress(NOT_STARTED) == list(Progress)


@pytest.mark.parametrize("before", [IN_PROGRESS, WAITING, DONE_IN_PART, DONE, NO_LONGER])
def test_what_has_begun_is_never_not_started_again(before: Progress) -> None:
    assert not may_follow(before, NOT_STARTED)


@pytest.mark.parametrize(("before", "after"), [(DONE, NO_LONGER), (NO_LONGER, DONE)])
def test_a_closed_item_opens_before_it_closes_the_other_way(before: Progress, after: Progress) -> None:
    assert not may_follow(before, after)
    assert may_follow(before, IN_PROGRESS)
    assert may_follow(IN_PROGRESS, after)


def test_more_may_be_said_of_the_same_progress() -> None:
    assert all(may_follow(value, value) for value in Progress)


def test_a_request_to_own_is_answered_once() -> None:
    steps = {(a, b) for a in OwnerState for b in OwnerState if may_become(a, b)}
    answers = {(OwnerState.REQUESTED, OwnerState(end)) for end in ("accepted", "declined", "passed-on", "withdrawn")}
    assert steps == answers | {(OwnerState.ACCEPTED, OwnerState.ENDED)}


@pytest.mark.parametrize(
    ("progress", "view", "expected"),
    [
        (DONE, ProposerView.DISPUTES, ClosingDoubt.DISPUTED),
        (NO_LONGER, ProposerView.DISPUTES, ClosingDoubt.DISPUTED),
        (DONE, ProposerView.PARTLY, ClosingDoubt.PARTLY),
        (DONE, ProposerView.SATISFIED, None),
        (DONE, None, None),
        (IN_PROGRESS, ProposerView.DISPUTES, None),
    ],
)
def test_only_a_closing_is_doubted(
    progress: Progress, view: ProposerView | None, expected: ClosingDoubt | None
) -> None:
    assert doubt(progress, view) is expected


def test_no_news_counts_thirty_days_and_open_items_only() -> None:
    then = NOW - timedelta(days=30)
    assert has_no_news(IN_PROGRESS, then, NOW)
    assert not has_no_news(IN_PROGRESS, then + timedelta(seconds=1), NOW)
    assert not has_no_news(DONE, then, NOW)


@pytest.mark.parametrize("state", list(ResponseState))
def test_a_date_is_promised_once_an_owner_or_addressee_has_accepted(state: ResponseState) -> None:
    takes_up = state in (ResponseState.TAKEN_UP, ResponseState.TAKEN_UP_IN_PART)
    assert is_accepted(has_owner=False, responses=[ResponseState.NOT_YET_SENT, state]) is takes_up
    assert is_accepted(has_owner=True, responses=[state])
    assert not is_accepted(has_owner=False, responses=[])
