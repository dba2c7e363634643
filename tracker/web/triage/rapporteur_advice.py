"""What a rapporteur advises on a passage: followed by the secretariat, or withdrawn by the rapporteur."""

from flask import Blueprint, abort, flash, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.errors import Stale
from tracker.proposals import queries
from tracker.proposals.models import Advice, Proposal
from tracker.triage import rapporteur_advice
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.triage import decisions
from tracker.web.triage.forms import AdviceForm
from tracker.web.triage.pages import proposal_or_404, refuse_overtaken, show
from tracker.web.triage.queue_scope import address, claim, next_after, scope

blueprint = Blueprint("advice", __name__, url_prefix="/triage/<int:number>/advice")


def _found_or_404(number: int) -> tuple[Proposal, Advice]:
    proposals = queries.proposals_to_decide(context.session(), context.body_id(), [number], scope())
    proposal = next(iter(proposals), None) or abort(404)
    return proposal, context.session().get(Advice, number) or abort(404)


@blueprint.post("/take-over")
def take_over(number: int) -> tuple[str, int] | Response:
    """Decide of a passage as its rapporteur advises, and go on to the next."""
    form = AdviceForm()
    proposal, advice = _found_or_404(number)
    order = next_after(proposal)

    def change() -> int | None:
        refuse_overtaken(form, proposal)
        if advice.version != form.advice.data:
            raise Stale("The advice has changed while you looked at it. See what it is now.")
        decisions.as_advised(advice, proposal)
        return claim(order)

    outcome = submit(form, change)
    if not outcome.is_saved:
        return show(proposal_or_404(number), form, outcome.status)
    flash(gettext("Decided as advised."))
    return redirect(address(outcome.result))


@blueprint.post("/back")
def back(number: int) -> Response:
    """Withdraw one's own advice."""
    proposal, advice = _found_or_404(number)
    if advice.person_id != context.person().id:
        abort(404)
    rapporteur_advice.withdraw_advice(context.session(), proposal, advice, **acting())
    context.session().commit()
    flash(gettext("Your advice is withdrawn."))
    return redirect(address(number))
