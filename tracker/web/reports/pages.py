"""Reports: drafts for the register's own people, and what was issued for everybody."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.mail.compose_email import base_url
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestone_by_slug, milestones
from tracker.reports import queries
from tracker.reports.assemble_report import Annex, Edition
from tracker.reports.drafts import draft as draft_of
from tracker.reports.drafts import to_issue, today
from tracker.reports.file_formats import WITH_ANNEX, draft_name, issued_name
from tracker.reports.formats import Printed
from tracker.reports.models import Report
from tracker.reports.past_state import last_event
from tracker.reports.progress import ReportView
from tracker.reports.sections import item_tables
from tracker.reports.snapshot import Picture, Scope, from_json
from tracker.web.app import context
from tracker.web.app.value_words import not_an_outcome
from tracker.web.reports.files import FILES, day_of, edition_of, printed, printed_page, printed_report
from tracker.web.reports.files_in_the_making import report_file

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
ITEMS_A_PAGE = 100


def milestone_called(slug: str) -> Milestone:
    """Return that milestone of the register, or answer 404."""
    return milestone_by_slug(context.session(), context.body_id(), slug) or abort(404)


def _issued(milestone: Milestone, number: int) -> Report:
    """Return that version; an internal one is there for the register's own people only."""
    report = queries.version(context.session(), milestone.id, number)
    if report is None or (report.is_internal and not _sees_all()):
        abort(404)
    return report


def _sees_all() -> bool:
    """Tell whether the reader sees all that is internal: a mere rapporteur does not."""
    return context.sight().sees_all_of(context.body_id())


def _view() -> ReportView:
    name = request.args.get("view", "")
    if name in list(ReportView):
        return ReportView(name)
    return ReportView.MILESTONE


def _annex() -> Annex:
    """Return which items a file holds in full: those that changed, unless the address asks for all."""
    if request.args.get("annex") == Annex.ALL:
        return Annex.ALL
    return Annex.CHANGED


def _site() -> str:
    """Return what addresses in a file begin with: as in a mail, never what a request says, so one file serves all."""
    return base_url(context.config()) + request.script_root


@blueprint.get("")
def index() -> str:
    """Show what was issued, and to the register's own people what may be drafted."""
    session = context.session()
    body_id = context.body_id()
    calendar: Sequence[Milestone] = []
    readable: tuple[Scope, ...] = queries.PUBLIC
    if _sees_all():
        calendar = milestones(session, body_id)
        readable = queries.ALL
    issued = queries.issued(session, body_id, readable)
    internal = queries.internal_report_ids(session, body_id)
    drafts = [milestone for milestone in calendar if milestone.ends_on >= context.today()]
    held = [milestone for milestone in drafts if not milestone.is_cancelled]
    return render_template(
        "reports/list.html",
        issued=issued,
        internal=internal,
        drafts=drafts,
        # The latest first: of those that are over, the last is asked for most.
        past=[milestone for milestone in reversed(calendar) if milestone not in drafts],
        next=next(iter(held), None),
    )


@blueprint.get("/<slug>")
def draft(slug: str) -> str | Response | tuple[str, int]:
    """Show how things stand for the milestone; strangers are led to the last report issued."""
    milestone = milestone_called(slug)
    # Strangers who follow a link to a draft find what may be read of it: the last public report.
    if not _sees_all():
        latest = queries.latest(context.session(), milestone.id, queries.PUBLIC) or abort(404)
        return redirect(url_for("reports.version", slug=slug, number=latest.number))
    is_as_issued = _is_as_issued()
    picture, problem = _picture(milestone, is_as_issued)
    values = _shown(picture, Edition())
    page = render_template(
        "reports/draft.html",
        milestone=milestone,
        is_as_issued=is_as_issued,
        internal_items=sum(entry.is_internal for entry in picture.entries),
        problem=problem,
        issued=queries.versions(context.session(), milestone.id),
        internal=queries.internal_report_ids(context.session(), context.body_id()),
        **values,
    )
    if problem:
        return page, 422
    return page


def _is_as_issued() -> bool:
    """Tell whether the address asks for what would be issued, not for all items."""
    return request.args.get("items") == "published"


def _draft(milestone: Milestone, as_of: date, *, is_as_issued: bool, in_full: bool) -> Picture:
    session = context.session()
    body = context.body()
    now = context.now()
    if is_as_issued:
        return to_issue(session, body, milestone, as_of=as_of, now=now, in_full=in_full)
    return draft_of(session, body, milestone, as_of=as_of, now=now, scope=Scope.INTERNAL, in_full=in_full)


def _picture(milestone: Milestone, is_as_issued: bool) -> tuple[Picture, str]:
    """Return the draft of the day asked for; of today, with what to say, where there is no such day."""
    current = today(context.body(), context.now())
    try:
        as_of = day_of(request.args.get("as_of")) or current
        return _draft(milestone, as_of, is_as_issued=is_as_issued, in_full=False), ""
    except (ValueError, Refused):
        problem = gettext("Give a day up to today, as 2013-02-28.")
        return _draft(milestone, current, is_as_issued=is_as_issued, in_full=False), problem


def _shown(picture: Picture, edition: Edition) -> dict[str, object]:
    """Return what a page shows: one view, and one page of the items."""
    view = _view()
    printed_view = printed_page(picture, edition, context.body(), view)
    page, pages = _page(len(picture.entries))
    entries = picture.entries[(page - 1) * ITEMS_A_PAGE : page * ITEMS_A_PAGE]
    return {
        "paper": printed_view.paper,
        "view": view,
        "views": list(ReportView),
        "as_of": picture.as_of,
        "items": item_tables(view, printed_view.wording, entries),
        "count": len(picture.entries),
        "page": page,
        "pages": pages,
        "formats": list(FILES),
        "in_full": WITH_ANNEX,
    }


def _page(count: int) -> tuple[int, int]:
    """Return which page of how many; the nearest one there is."""
    pages = max(1, -(-count // ITEMS_A_PAGE))
    # A page number from nowhere shows the nearest page there is.
    return max(1, min(request.args.get("page", 1, type=int), pages)), pages


@blueprint.get("/<slug>/v<int:number>")
def version(slug: str, number: int) -> str | tuple[str, int]:
    """Show an issued report, unless it names somebody who was erased since."""
    milestone = milestone_called(slug)
    report = _issued(milestone, number)
    succeeding = queries.ALL if report.is_internal else queries.PUBLIC  # a public one points to nothing internal
    newest = queries.versions(context.session(), milestone.id, succeeding)[0]
    picture = from_json(report.picture)
    # The picture still holds the name: it is withheld until the version without it is read instead.
    if queries.is_withheld(context.session(), report, picture):
        return render_template("reports/withheld.html", milestone=milestone, report=report, newest=newest), 410
    values = _shown(picture, edition_of(report, context.body(), _site()))
    return render_template("reports/issued.html", milestone=milestone, report=report, newest=newest, **values)


@blueprint.get("/<slug>/v<int:number>.<ending>")
def version_file(slug: str, number: int, ending: str) -> Response | str:
    """Send an issued report as a file."""
    milestone = milestone_called(slug)
    report = _issued(milestone, number)
    picture = from_json(report.picture)
    if ending not in FILES or queries.is_withheld(context.session(), report, picture):
        abort(404)
    body = context.body()
    annex = _annex()
    # The number alone comes again once an example was deleted.
    state = ("issued", report.id, report.issued_at, annex, str(get_locale()), _site(), body.name, not_an_outcome(body))
    name = issued_name(picture, number, ending, annex)
    return report_file(milestone, state, name, ending, lambda: printed_report(report, body, _site(), annex))


@blueprint.get("/<slug>/draft.<ending>")
def draft_file(slug: str, ending: str) -> Response | str:
    """Send a draft as a file."""
    if ending not in FILES or not _sees_all():
        abort(404)
    milestone = milestone_called(slug)
    body = context.body()
    annex = _annex()
    is_as_issued = _is_as_issued()
    try:
        as_of = day_of(request.args.get("as_of")) or today(body, context.now())
    except ValueError:
        abort(404)
    # A day to come has no figures; the address was typed by hand.
    if as_of > today(body, context.now()):
        abort(404)
    # The file depends on all that has happened: one more event, and it is made anew.
    newest = last_event(context.session())
    choice = (milestone.id, as_of, is_as_issued, annex)
    state = ("draft", choice, newest, str(get_locale()), _site(), not_an_outcome(body))

    def made() -> Printed:
        picture = _draft(milestone, as_of, is_as_issued=is_as_issued, in_full=True)
        return printed(picture, Edition(), body, _site(), annex)

    return report_file(milestone, state, draft_name(milestone.slug, as_of, ending, annex), ending, made)
