"""Which milestones a list shows: of a series only what somebody would look for. Pure."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta

from tracker.meetings.models import Milestone, Series

SOON = timedelta(days=31)


def listed(
    milestones: Sequence[Milestone], series: Iterable[Series], busy: Container[int], today: date
) -> list[Milestone]:
    """Return single milestones, and of a series those at which something is due or raised, that moved, or are near.

    `busy` holds the numbers of those at which something is due or raised. The next meeting is always shown.
    """
    ended = {one.id: one.ended_on for one in series if one.ended_on}
    following = _following(milestones, today)

    def is_worth_it(one: Milestone) -> bool:
        if one.series_id is None or one.id in busy or one.id in following:
            return True
        if one.is_cancelled and one.starts_on > ended.get(one.series_id, date.max):
            return False
        differs = one.is_cancelled or one.starts_on != one.series_day
        return one.ends_on >= today and (differs or one.starts_on <= today + SOON)

    return [one for one in milestones if is_worth_it(one)]


def _following(milestones: Sequence[Milestone], today: date) -> set[int | None]:
    """Return the next meeting of each series."""
    found: dict[int | None, Milestone] = {}
    for one in sorted(milestones, key=lambda one: one.starts_on):
        if one.ends_on >= today and not one.is_cancelled:
            found.setdefault(one.series_id, one)
    return {one.id for one in found.values()}
