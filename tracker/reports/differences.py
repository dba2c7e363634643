"""What has changed between two reports, worked out from their pictures."""

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.items.models import Progress
from tracker.items.party_models import ClosingDoubt
from tracker.reports.progress import doubt_of, standing
from tracker.reports.snapshot import Changes, Gone, Reply, ReportedItem, ReportedStep, Shift, Turned


def compare(before: Iterable[ReportedItem], after: Iterable[ReportedItem], *, since: date, day: date) -> Changes:
    """Return what has changed from the report of the day `since` to that of `day`, items that are gone included."""
    then = {entry.number: entry for entry in before}
    now = {entry.number: entry for entry in after}
    # By number, which is never used again: a title may have been corrected in between.
    both = [(then[number], now[number]) for number in sorted(then.keys() & now.keys())]
    return Changes(
        new=tuple(sorted(now.keys() - then.keys())),
        gone=tuple(_gone(then[number]) for number in sorted(then.keys() - now.keys())),
        steps=tuple(_step(a, b) for a, b in both if _closing(a) != _closing(b)),
        replies=tuple(reply for pair in both for reply in _replies(*pair)),
        # The day itself is compared, not the rule: a milestone that moved has moved the item.
        shifts=tuple(Shift(b.number, a.due_on, b.due_on) for a, b in both if a.due_on != b.due_on),
        turned=tuple(_turned(both, since, day)),
        owned=tuple(b.number for a, b in both if b.is_owned and not a.is_owned),
        unowned=tuple(b.number for a, b in both if a.is_owned and not b.is_owned),
    )


def _turned(both: Iterable[tuple[ReportedItem, ReportedItem]], since: date, day: date) -> Iterator[Turned]:
    for before, after in both:
        stood, stands = standing(before, since), standing(after, day)
        if stood is not stands and _closing(before) == _closing(after):
            yield Turned(after.number, stood, stands)


def _closing(entry: ReportedItem) -> tuple[Progress, ClosingDoubt | None]:
    return entry.progress, doubt_of(entry)


def _gone(entry: ReportedItem) -> Gone:
    doubted = doubt_of(entry)
    return Gone(
        number=entry.number,
        title=entry.title,
        progress=entry.progress,
        is_disputed=doubted is ClosingDoubt.DISPUTED,
        is_partly=doubted is ClosingDoubt.PARTLY,
    )


def _step(before: ReportedItem, after: ReportedItem) -> ReportedStep:
    old = doubt_of(before)
    new = doubt_of(after)
    return ReportedStep(
        number=after.number,
        before=before.progress,
        after=after.progress,
        was_disputed=old is ClosingDoubt.DISPUTED,
        is_disputed=new is ClosingDoubt.DISPUTED,
        was_partly=old is ClosingDoubt.PARTLY,
        is_partly=new is ClosingDoubt.PARTLY,
    )


def _replies(before: ReportedItem, after: ReportedItem) -> list[Reply]:
    """Return what is answered otherwise than before; of several who appear as one body, each counts."""
    then = [(answer.party, answer.response) for answer in before.answers]
    changed = []
    for answer in after.answers:
        if (answer.party, answer.response) in then:
            # Each earlier answer excuses one of now: two volunteers of one body may have given the same.
            then.remove((answer.party, answer.response))
        else:
            changed.append(answer)
    earlier = dict(then)
    return [Reply(after.number, answer.party, earlier.get(answer.party), answer.response) for answer in changed]


def changed_numbers(changes: Changes) -> set[int]:
    """Return the numbers of the items of now that are new or have changed."""
    stepped = {step.number for step in changes.steps}
    answered = {reply.number for reply in changes.replies}
    shifted = {shift.number for shift in changes.shifts}
    turned = {turn.number for turn in changes.turned}
    return stepped | answered | shifted | turned | {*changes.owned, *changes.unowned, *changes.new}
