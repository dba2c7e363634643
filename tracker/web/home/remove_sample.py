"""The sample register, and the button that takes it away."""

from flask import Blueprint, abort, flash, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.people.models import Body
from tracker.seed.remove_sample import remove_sample
from tracker.web.app import context

blueprint = Blueprint("sample", __name__)


def _sample() -> Body:
    """Return the register whose pages these are, if it is the sample."""
    if context.body().is_sample:
        return context.body()
    return abort(404)


@blueprint.get("/sample/remove")
def confirm() -> str:
    """Ask before the sample goes."""
    return render_template("home/remove_sample.html", sample=_sample())


@blueprint.post("/sample/remove")
def remove() -> Response | tuple[str, int]:
    """Take the sample away."""
    session = context.session()
    sample = _sample()
    try:
        remove_sample(session, sample, by=context.actor(), now=context.now())
    except Refused as refused:
        return render_template("home/remove_sample.html", sample=sample, refused=str(refused)), 422
    session.commit()
    flash(gettext("The sample is gone."))
    return redirect("/")
