"""What a stranger sees first of a register: figures, the latest report, milestones, themes and the last changes.

All of it is published: a delegate may send the page to a colleague.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from flask import url_for
from flask_babel import ngettext, pgettext
from markupsafe import Markup
from sqlmodel import Session, col, select

from tracker.calendar.due_at_milestones import visible_milestones
from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.list_conditions import doubted
from tracker.items.models import Item, Progress
from tracker.meetings.models import Milestone, Visibility
from tracker.people.queries import STRANGER
from tracker.reports.models import Report
from tracker.reports.opening import opening
from tracker.reports.paper import Opening
from tracker.reports.queries import PUBLIC, WITHOUT_PICTURE, of_scope
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import from_json
from tracker.web.app import context
from tracker.web.app.status_marks import mark
from tracker.web.app.value_words import spoken_language
from tracker.web.items import history
from tracker.web.items.history_words import PASSIVES

MOST_MILESTONES = 3
MOST_THEMES = 12
MOST_CHANGES = 5
#: items looked at for the last changes: of some the last change is internal
LOOKED_AT = 40


@dataclass(frozen=True)
class PublicFigure:
    """A number of published items, what it counts, and the list that shows them."""

    count: int
    label: str
    href: str


@dataclass(frozen=True)
class ThemeCount:
    """A theme and how many published items it has."""

    theme: str
    count: int


@dataclass(frozen=True)
class PublicChange:
    """What happened last to a published item, as strangers read it."""

    number: int
    title: str
    at: datetime
    text: str | Markup


@dataclass(frozen=True)
class ReportCard:
    """The latest public report, with the sentence and the bar that it opens with."""

    report: Report
    milestone: Milestone
    #: None where the picture is of a form that is no longer read
    opening: Opening | None


@dataclass(frozen=True)
class PublicFront:
    """All of the page; without figures where nothing is published."""

    figures: list[PublicFigure]
    report: ReportCard | None
    milestones: list[Milestone]
    themes: list[ThemeCount]
    changes: list[PublicChange]


def public_front(session: Session, body_id: int) -> PublicFront:
    """Return what strangers see of the register."""
    figures = list(_figures(session, body_id))
    report = _report_card(session, body_id)
    if not figures:
        return PublicFront([], report, [], [], [])
    return PublicFront(figures, report, _ahead(session, body_id), _themes(session, body_id), _changes(session, body_id))


def _is_public(body_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return col(Item.body_id) == body_id, col(Item.visibility) == Visibility.PUBLISHED


def _figures(session: Session, body_id: int) -> Iterator[PublicFigure]:
    """Yield how many items there are, then how many stand in each way, without those that are not started."""
    in_doubt = sa.func.sum(sa.case((doubted(), 1), else_=0))
    statement = sa.select(col(Item.progress), sa.func.count(), in_doubt).where(*_is_public(body_id))
    rows = session.execute(statement.group_by(col(Item.progress))).all()
    counts = {progress: count - disputed for progress, count, disputed in rows}
    disputed_count = sum(disputed for _, _, disputed in rows)
    total = sum(counts.values()) + disputed_count
    if not total:
        return
    label = ngettext("item followed", "items followed", total)
    yield PublicFigure(total, label, url_for("items.listing"))
    for progress, label in _labels():
        if counts.get(progress):
            href = url_for("items.listing", progress=progress.value)
            yield PublicFigure(counts[progress], label, href)
    # What a proposer disputes is never counted as done alone.
    if disputed_count:
        label = ngettext("closed, but disputed or only partly", "closed, but disputed or only partly", disputed_count)
        yield PublicFigure(disputed_count, label, url_for("items.listing", disputed=1))


def _labels() -> Iterator[tuple[Progress, str]]:
    yield Progress.IN_PROGRESS, pgettext("items", "in progress")
    yield Progress.WAITING, pgettext("items", "waiting")
    yield Progress.DONE_IN_PART, pgettext("items", "done in part")
    yield Progress.DONE, pgettext("items", "done")
    yield Progress.NO_LONGER_PURSUED, pgettext("items", "no longer pursued")


def _ahead(session: Session, body_id: int) -> list[Milestone]:
    visible = visible_milestones(session, body_id, STRANGER)
    held = [milestone for milestone in visible if not milestone.is_cancelled]
    return [milestone for milestone in held if milestone.ends_on >= context.today()][:MOST_MILESTONES]


def _themes(session: Session, body_id: int) -> list[ThemeCount]:
    count = sa.func.count()
    statement = sa.select(col(Item.theme), count).where(*_is_public(body_id), sa.func.coalesce(Item.theme, "") != "")
    rows = session.execute(statement.group_by(col(Item.theme)).order_by(count.desc(), col(Item.theme)))
    return [ThemeCount(*row) for row in rows.fetchmany(MOST_THEMES)]


def _changes(session: Session, body_id: int) -> list[PublicChange]:
    """Return the last public change of each of the items that changed last, the latest first."""
    latest = select(Item.id, Item.number, Item.title).where(*_is_public(body_id))
    items = {
        f"item:{item_id}": (number, title)
        for item_id, number, title in session.exec(latest.order_by(col(Item.changed_at).desc()).limit(LOOKED_AT))
    }
    public_changes = col(Event.subject).in_(list(items)), col(Event.verb).in_(history.PUBLIC)
    changes: dict[str, PublicChange] = {}
    for event in session.exec(select(Event).where(*public_changes).order_by(col(Event.id).desc())):
        text = _in_words(event)
        if text and event.subject not in changes:
            changes[event.subject] = PublicChange(*items[event.subject], event.at, text)
        if len(changes) == MOST_CHANGES:
            break
    return list(changes.values())


def _in_words(event: Event) -> str | Markup:
    """Return what strangers read of it; nothing of an update that has no public value."""
    if event.verb != Verb.UPDATED:
        return str(PASSIVES[event.verb])
    progress = event.after.get("progress")
    if progress is None or progress == event.before.get("progress"):
        return ""
    return mark(Progress(progress))


def _report_card(session: Session, body_id: int) -> ReportCard | None:
    statement = (
        select(Report, Milestone)
        .join(Milestone, col(Report.milestone_id) == col(Milestone.id))
        .where(col(Report.body_id) == body_id, of_scope(PUBLIC))
        .options(WITHOUT_PICTURE)
        .order_by(col(Report.issued_at).desc(), col(Report.id).desc())
    )
    row = session.exec(statement.limit(1)).first()
    if row is None:
        return None
    report, milestone = row
    database = str(session.get_bind().engine.url)
    return ReportCard(report, milestone, _opening(database, report.id, report.issued_at, spoken_language().code))


@lru_cache(maxsize=50)
def _opening(_database: str, report_id: int, _issued_at: datetime, _language: str) -> Opening | None:
    """Return what an issued report opens with, in the language spoken now; kept, for it never changes.

    To read the picture of a large register takes longer than all the rest of the page. None where it cannot be read.
    A number may come again once an example was deleted, so the moment of issue is part of the key.
    """
    picture = context.session().exec(select(Report.picture).where(Report.id == report_id)).one()
    try:
        return opening(ReportWording(from_json(picture), spoken_language()))
    except ValueError:
        return None
