"""What waits for a second person: the chair, or another of the secretariat, confirms it or sends it back."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.proposals import queries
from tracker.proposals.filters import Showing
from tracker.proposals.models import Proposal
from tracker.triage import second_person
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.transcripts import speeches
from tracker.web.triage.forms import UndoTriageForm
from tracker.web.triage.pages import refuse_overtaken

blueprint = Blueprint("seconds", __name__, url_prefix="/triage/second")
MOST = 100


@blueprint.get("")
def listing() -> tuple[str, int]:
    """Show what one person would set aside and a second must confirm."""
    return _show()


def _show(refused: UndoTriageForm | None = None, status: int = 200) -> tuple[str, int]:
    session = context.session()
    body_id = context.body_id()
    reader = context.person()
    entries = queries.entries(session, body_id, Showing(awaits_second=True), now=context.now(), size=MOST)
    # Nobody confirms what they set aside themselves: of these the page only says that they wait.
    own = {entry.proposal.id for entry in entries if entry.proposal.aside_by == reader.id}
    others = second_person.seconds_for(session, body_id, reader.id, context.today())
    page = render_template(
        "triage/second_person.html",
        entries=entries,
        own=own,
        others=others,
        hrefs={entry.proposal.id: _address(entry) for entry in entries},
        refused=refused,
    )
    return page, status


def _address(entry: queries.ProposalEntry) -> str:
    return speeches.address(entry.proposal.transcript_id, entry.passage.start, entry.passage.end)


@blueprint.post("/<int:number>/confirm")
def confirm(number: int) -> tuple[str, int] | Response:
    """Set aside what another would set aside."""

    def act(proposal: Proposal) -> None:
        second_person.confirm(context.session(), proposal, **acting())
        flash(gettext("Set aside by two people."))

    return _settle(number, act)


@blueprint.post("/<int:number>/back")
def back(number: int) -> tuple[str, int] | Response:
    """Send it back to the queue."""

    def act(proposal: Proposal) -> None:
        second_person.send_back(context.session(), proposal, **acting())
        flash(gettext("Sent back. It waits in the queue again."))

    return _settle(number, act)


def _settle(number: int, act: Callable[[Proposal], None]) -> tuple[str, int] | Response:
    form = UndoTriageForm()
    proposals = queries.proposals_to_decide(context.session(), context.body_id(), [number])
    proposal = next(iter(proposals), None) or abort(404)

    def change() -> None:
        refuse_overtaken(form, proposal)
        act(proposal)

    outcome = submit(form, change)
    if outcome.is_saved:
        return redirect(url_for("seconds.listing"))
    return _show(form, outcome.status)
