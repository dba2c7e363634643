"""When nothing is sent: news is told once; what is owed when it grows more pressing, and else once a month.

What was told is read from the digests that were sent, as they are kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import UTCDateTime, rows
from tracker.digests.body_parts import SecretariatDesk
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, DigestItem, DigestSection, DutyStage, SectionKind
from tracker.mail.models import MailState, Outgoing

#: with every fourth weekly digest, and with every monthly one, however short the month and whatever clocks do
AGAIN_AFTER = timedelta(days=27)
#: stages of what has a date, from the least pressing
DATED = {DutyStage.AHEAD: 0, DutyStage.SOON: 1, DutyStage.LATE: 2}
#: how much there was of something on a desk: the register's slug, the kind, the number, the doubtful ones of it
Figure = tuple[str, str, int, int]


class ToldStage(NamedTuple):
    """How pressing an item was when a digest last told it."""

    stage: DutyStage
    at: datetime


@dataclass
class ToldBefore:
    """What a person's digests of the last weeks told: items by their id, and the last figures of each desk."""

    stages: dict[int, ToldStage] = field(default_factory=dict)
    figures: frozenset[Figure] = frozenset()


def told_before(session: Session, person_ids: Collection[int], now: datetime) -> dict[int, ToldBefore]:
    """Return what these people were told up to that moment; whoever was told nothing has an empty record."""
    before: dict[int, ToldBefore] = defaultdict(ToldBefore)
    values = {"people": list(person_ids), "since": now - AGAIN_AFTER, "now": now, "sent": MailState.SENT}
    for person_id, at, stages, desks in rows(session, _SENT, **values):
        stages_told = {int(item_id): ToldStage(DutyStage(stage), at) for item_id, stage in (stages or {}).items()}
        before[person_id].stages |= stages_told
        if desks is not None:
            before[person_id].figures = frozenset(_kept_figures(desks))
    return before


_SENT = (
    sa.select(
        col(Digest.person_id),
        col(Digest.window_to),
        col(Digest.content)["stages"].label("stages"),
        col(Digest.content)["desks"].label("desks"),
    )
    .join(Outgoing, col(Outgoing.id) == col(Digest.outgoing_id))
    .where(col(Digest.person_id).in_(sa.bindparam("people", expanding=True)))
    .where(col(Digest.window_to) > sa.bindparam("since", type_=UTCDateTime()))
    .where(col(Digest.window_to) <= sa.bindparam("now", type_=UTCDateTime()))
    .where(col(Outgoing.state) == sa.bindparam("sent"))
    .order_by(col(Digest.window_to))
)


def _kept_figures(desks: Iterable[Mapping[str, Any]]) -> Iterable[Figure]:
    for desk in desks:
        for count in desk["counts"]:
            yield desk["register"]["slug"], count["kind"], count["count"], count["doubtful"]


def _figures(desks: Iterable[SecretariatDesk]) -> Iterable[Figure]:
    for desk in desks:
        for count in desk.counts:
            yield desk.register.slug, count.kind.value, count.count, count.doubtful


def without_repeats(content: DigestContent, before: ToldBefore, now: datetime) -> DigestContent:
    """Return what is worth a mail: nothing where the reader was told all of it, else all, with reminders in brief."""
    if is_news(content, before, now):
        return with_reminders(content, before, now)
    return DigestContent(content.reader, content.day)


def is_news(content: DigestContent, before: ToldBefore, now: datetime) -> bool:
    """Tell whether there is anything in it that the reader has not been told, or is to be told again."""
    if content.moved or content.turned or content.created:
        return True
    # That a desk is as full as last time is no news, nor that a figure has gone.
    if not before.figures.issuperset(_figures(content.desks)):
        return True
    lines = [line for section in content.sections for line in section.lines]
    if any(line.changes for line in lines) or content.of_kind(SectionKind.UNANSWERED):
        return True
    return any(_is_to_be_told(stage, before.stages.get(item_id), now) for item_id, stage in content.stages.items())


def _is_to_be_told(stage: DutyStage, last: ToldStage | None, now: datetime) -> bool:
    if last is None or last.at <= now - AGAIN_AFTER:
        return True
    if stage in DATED:
        # What was only requested, or waited, had no date that pressed.
        return DATED[stage] > DATED.get(last.stage, 0)
    return stage is not last.stage


def with_reminders(content: DigestContent, before: ToldBefore, now: datetime) -> DigestContent:
    """Mark what was told before and is listed only because the mail goes out anyway: it is said in brief."""

    def marked(section: DigestSection) -> DigestSection:
        return replace(section, lines=tuple(map(reminder, section.lines)))

    def reminder(line: DigestItem) -> DigestItem:
        stage = content.stages.get(line.item_id)
        if stage is None or line.changes or _is_to_be_told(stage, before.stages.get(line.item_id), now):
            return line
        return replace(line, is_reminder=True)

    return replace(content, sections=tuple(map(marked, content.sections)))
