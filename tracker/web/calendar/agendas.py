"""The agenda of a milestone: choosing what is raised there, notes for the chair, who may read it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.agendas import changes, queries
from tracker.agendas.models import Agenda, AgendaEntry
from tracker.agendas.queries import AgendaPoint, SuggestionReason
from tracker.calendar.due_at_milestones import visible_milestones
from tracker.errors import Refused
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.queries import items_by_number, listing
from tracker.meetings.models import Milestone, Visibility
from tracker.meetings.queries import milestones
from tracker.web.app import context
from tracker.web.app.form_saving import acting, seen_version, submit
from tracker.web.app.publish_question import ask, say_with_undo
from tracker.web.app.template_filters import short_day
from tracker.web.calendar.agenda_forms import NoteForm, RaiseForm
from tracker.web.calendar.milestones import the_milestone
from tracker.web.calendar.publishing_questions import question_about_agenda
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.page_words import put_forward_by
from tracker.web.items.pages import the_item

blueprint = Blueprint("agendas", __name__)
AT = "/milestones/<slug>/agenda"
#: items that a search for words offers; a longer list would hide the suggestions below it
MOST_FOUND = 20
REASONS = {
    SuggestionReason.DUE: lazy_gettext("Open, due by then"),
    SuggestionReason.ADDRESSED: lazy_gettext("Addressed to those who meet there, not answered yet"),
    SuggestionReason.DISPUTED: lazy_gettext(
        "Closed, but a proposer or supporter disputes it or is only partly satisfied"
    ),
    SuggestionReason.UNOWNED: lazy_gettext("Open, without an owner"),
}


def the_agenda(slug: str) -> tuple[Milestone, Agenda]:
    """Return the milestone with its agenda; 404 also for what the reader may not see."""
    milestone = the_milestone(slug)
    agenda = queries.shown_agenda(context.session(), milestone, context.sight())
    # Nothing tells a stranger that there is an agenda which is not published.
    if agenda:
        return (milestone, agenda)
    return abort(404)


def the_point(slug: str, number: int) -> tuple[Milestone, AgendaEntry, Item]:
    """Return the point of that item."""
    milestone, _ = the_agenda(slug)
    point = queries.entry_of(context.session(), milestone, number, context.sight())
    if point:
        return (milestone, *point)
    return abort(404)


def points(milestone: Milestone) -> list[AgendaPoint]:
    """Return the points that the reader may see, in their order."""
    return queries.agenda_points(context.session(), milestone, context.sight(), context.today())


def ahead() -> list[Milestone]:
    """Return the milestones still to be held, in order of date."""
    today = context.today()
    calendar = milestones(context.session(), context.body_id())
    # What is over or not held raises nothing any more.
    return [milestone for milestone in calendar if milestone.ends_on >= today and not milestone.is_cancelled]


def asks(point: AgendaPoint) -> list[str]:
    """Return what the point asks of the room, one sentence each; at least one."""
    line = point.line
    # What waits for others comes first, since they are in the room; how the item stands comes last.
    requests = list[str]()
    if point.unanswered:
        names = ", ".join(party.name for party in point.unanswered)
        number = len(point.unanswered)
        requests.append(ngettext("An answer from %(names)s.", "Answers from %(names)s.", number, names=names))
    if point.is_unowned:
        requests.append(gettext("An owner."))
    if point.is_disputed:
        requests.append(gettext("The views of those who closed it, and of its proposers and supporters: they differ."))
    if line.is_overdue and line.due:
        requests.append(gettext("How it stands now: it was due on %(day)s.", day=short_day(line.due.day)))
    return [str(text) for text in requests] or [str(gettext("To take note of its progress."))]


#: the sentences that every page of an agenda shows of a point
POINT_WORDS = {"asks": asks, "put_forward_by": put_forward_by}


def to_agenda(milestone: Milestone, number: int | None = None) -> Response:
    """Lead back to the agenda, to that point of it."""
    anchor = None
    if number:
        anchor = f"item-{number}"
    return redirect(url_for("agendas.page", slug=milestone.slug, _anchor=anchor))


@blueprint.get(AT)
def page(slug: str) -> str:
    """Show what is to be raised at the milestone, and what became of it."""
    milestone, agenda = the_agenda(slug)
    visible = visible_milestones(context.session(), context.body_id(), context.sight())
    return render_template(
        "calendar/agenda.html",
        milestone=milestone,
        agenda=agenda,
        points=points(milestone),
        postponed_to={other.id: other for other in visible},
        words=POINT_WORDS,
        is_inside=bool(context.roles()),
    )


@blueprint.get(f"{AT}/choose")
def choose(slug: str) -> Answer:
    """Offer what might be raised, and look for any other item by number or words."""
    milestone, _ = the_agenda(slug)
    return _offer(milestone)


def _offer(milestone: Milestone, status: int = 200, problem: str = "") -> Answer:
    session = context.session()
    sight = context.sight()
    today = context.today()
    # Longer questions come from no person.
    words = request.args.get("q", "").strip()[:200]
    results = None
    if words:
        item_filter = ItemFilter(text=words)
        results = listing(session, context.body_id(), sight, item_filter, today=today, size=MOST_FOUND)
    return render_template(
        "calendar/agenda_choose.html",
        milestone=milestone,
        q=words,
        results=results,
        on_agenda={point.line.item.number for point in points(milestone)},
        suggestions=queries.suggestions(session, milestone, sight, today),
        reasons=REASONS,
        problem=problem,
    ), status


@blueprint.post(f"{AT}/choose")
def add(slug: str) -> Answer:
    """Put the chosen items on the agenda; those that somebody else has added meanwhile stay there once."""
    milestone, _ = the_agenda(slug)
    session = context.session()
    on_agenda = {point.line.item.number for point in points(milestone)}
    # Somebody else may have added one of them since the page was opened: that is no fault.
    ticked = set(request.form.getlist("items", type=int))
    chosen = items_by_number(session, context.body_id(), ticked - on_agenda, context.sight())
    if not chosen and not ticked & on_agenda:
        return _offer(milestone, 422, _nothing_chosen())
    try:
        for item in chosen:
            changes.put_on_agenda(session, milestone, item, **acting())
        session.commit()
    except Refused as refused:
        session.rollback()
        flash(gettext(refused.message, **refused.values), "error")
        return redirect(url_for("agendas.choose", slug=slug))
    if chosen:
        flash(ngettext("%(num)d item is on the agenda.", "%(num)d items are on the agenda.", len(chosen)))
    else:
        flash(gettext("What was ticked is on the agenda already."))
    return to_agenda(milestone)


def _nothing_chosen() -> str:
    """Say what to do where nothing was ticked; a number too large for an item is a number all the same."""
    if any(text.isdecimal() for text in request.form.getlist("items")):
        return str(gettext("There is no such item here."))
    return str(gettext("Tick at least one item."))


@blueprint.route(f"{AT}/<int:number>/note", methods=["GET", "POST"])
def note(slug: str, number: int) -> Answer:
    """Write a note for whoever chairs."""
    milestone, entry, item = the_point(slug, number)
    form = NoteForm(data=_note_values(entry))

    def change() -> None:
        seen = seen_version(form)
        changes.write_chair_note(context.session(), entry, form.note.data or "", seen_version=seen, **acting())

    outcome = submit(form, change)
    if outcome.is_saved:
        flash(gettext("Saved."))
        return to_agenda(milestone, number)
    stored = NoteForm(formdata=None, data=_note_values(entry))
    meanwhile = outcome.meanwhile(form, stored, entry)
    values = {"milestone": milestone, "item": item, "form": form, "meanwhile": meanwhile}
    return render_template("calendar/agenda_note.html", **values), outcome.status


def _note_values(entry: AgendaEntry) -> dict[str, object]:
    return {"note": entry.note or "", "version": entry.version}


@blueprint.get(f"{AT}/publish")
def ask_publish(slug: str) -> str:
    """Say what anyone can read once the agenda is published, before it is."""
    milestone, _ = the_agenda(slug)
    return ask(question_about_agenda(milestone, points(milestone)))


@blueprint.post(f"{AT}/visibility/<value>")
def show(slug: str, value: str) -> Response:
    """Let anyone read the agenda, or only the register's own people."""
    milestone, agenda = the_agenda(slug)
    # Both directions share one address, and only its two words are known.
    if value not in list(Visibility):
        abort(404)
    before = agenda.visibility
    changes.show_agenda(context.session(), milestone, Visibility(value), **acting())
    context.session().commit()
    text = gettext("Only the people of this body can read this agenda now.")
    if value == Visibility.PUBLISHED:
        text = gettext("Anyone can read the published items of this agenda now.")
    say_with_undo(text, url_for("agendas.show", slug=slug, value=before), is_changed=before != value)
    return to_agenda(milestone)


@blueprint.route("/items/<int:number>/raise", methods=["GET", "POST"])
def raise_at(number: int) -> Answer:
    """Ask at which milestone an item is to be raised, and put it on that agenda."""
    item = the_item(number)
    session = context.session()
    form = RaiseForm().offer(ahead())

    def change() -> None:
        chosen = session.exec(select(Milestone).where(col(Milestone.id) == form.milestone.data)).one()
        changes.put_on_agenda(session, chosen, item, note=form.note.data or "", **acting())

    outcome = submit(form, change)
    if outcome.is_saved:
        return to_page(item, gettext("The item is on that agenda."))
    already = queries.agendas_of(session, item)
    return render_template("calendar/agenda_raise.html", item=item, form=form, already=already), outcome.status
