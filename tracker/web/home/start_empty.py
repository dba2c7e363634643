"""Start with one's own register: the example deleted or kept, and the sample removed, each after saying what goes."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from sqlmodel import col, func, select
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker import clock
from tracker.errors import Refused
from tracker.history_queries import newest
from tracker.items.models import Item
from tracker.mail import message_folder
from tracker.people.details import BodyDetails
from tracker.people.models import Body
from tracker.people.queries import registers
from tracker.seed import remove_sample as sample_removal
from tracker.seed import start_empty
from tracker.seed.start_empty import Beginning
from tracker.web.account.settings_forms import zone_choices
from tracker.web.app import context
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_saving import acting, renew, submit
from tracker.web.app.pick_field import PickField
from tracker.web.people.forms import NAME

blueprint = Blueprint("beginning", __name__)


class BeginningForm(FlaskForm):
    """What the register is called and where it is, and who runs it."""

    name = StringField(lazy_gettext("Name of your body"), NAME)
    slug = StringField(
        lazy_gettext("Short name"),
        [Length(max=40)],
        description=lazy_gettext("Lower-case letters, as in “igf”. Web addresses contain it."),
    )
    timezone = PickField(lazy_gettext("Time zone"), suggested_by="time-zones")
    your_name = StringField(lazy_gettext("Your name"), NAME)
    email = StringField(
        lazy_gettext("Your mail address"),
        [InputRequired(lazy_gettext("Give your address. Sign-in links go there.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "email"},
    )

    #: the newest line of history when what goes was told
    seen = WholeNumberField(widget=HiddenInput(), default=0)

    def offer(self, zone: str) -> "BeginningForm":
        """Fill in what there is to choose from, the zone at hand included."""
        self.timezone.choices = zone_choices(zone)
        return self

    def beginning(self) -> Beginning:
        """Return what was filled in."""
        return Beginning(
            body=BodyDetails(name=self.name.data, timezone=self.timezone.data),
            short=(self.slug.data or "").strip() or None,
            name=self.your_name.data,
            email=self.email.data,
        )


def _form() -> BeginningForm:
    """Return the form, if there is nothing here but the example."""
    if not start_empty.is_example(context.session()):
        abort(404)
    person = context.person()
    zone = person.timezone or context.body().timezone
    return BeginningForm(data={"your_name": person.name, "email": person.email, "timezone": zone}).offer(zone)


def _show(form: BeginningForm, status: int = 200) -> tuple[str, int]:
    session = context.session()
    # Before the counting: what comes in between is then not taken as shown.
    renew(form.seen, newest(session))
    return render_template(
        "home/start_empty.html",
        form=form,
        names=[body.name for body in registers(session)],
        going=[WORDS[name](number) for name, number in start_empty.what_goes(session).items()],
        by_people=start_empty.made_by_people(session),
    ), status


@blueprint.get("/start-empty")
def ask() -> tuple[str, int]:
    """Say exactly what is deleted, and ask for the name and the place of the new register."""
    return _show(_form())


@blueprint.post("/start-empty")
def start() -> Response | tuple[str, int]:
    """Delete the example and begin."""
    form = _form()

    def change() -> None:
        # The register begins on the real day: the example's clock is deleted with it.
        person = context.person()
        now = clock.real_now()
        start_empty.start_empty(
            context.session(), person, form.beginning(), seen=form.seen.data, by=context.actor(), now=now
        )

    outcome = submit(form, change)
    if not outcome.is_saved:
        return _show(form, outcome.status)
    message_folder.clear(context.config().var / "mail")
    flash(gettext("The example is deleted. This register is yours, and starts today."))
    return redirect("/")


@blueprint.get("/start-empty/keep")
def confirm_keep() -> str:
    """Say what keeping the example means, before it is kept."""
    session = context.session()
    if not start_empty.is_example(session):
        abort(404)
    own = _own_registers()
    items = select(func.count()).where(col(Item.body_id).in_([body.id for body in own]))
    return render_template("home/keep_example.html", names=[body.name for body in own], items=session.exec(items).one())


@blueprint.post("/start-empty/keep")
def keep() -> Response:
    """Keep the example as one's own register, and stop offering to delete it."""
    session = context.session()
    if not start_empty.is_example(session):
        abort(404)
    for register in _own_registers():
        start_empty.keep_example(session, register, **acting())
    session.commit()
    flash(
        gettext("This register is yours as it is. Intersession no longer offers to delete it."),
        url_for("beginning.undo_keep"),
    )
    return redirect("/")


@blueprint.post("/start-empty/keep/undo")
def undo_keep() -> Response:
    """Offer again to delete the example, as long as there is nothing else here."""
    session = context.session()
    if not start_empty.is_kept_example(session):
        abort(404)
    for register in _own_registers():
        start_empty.undo_keep(session, register, **acting())
    session.commit()
    flash(gettext("Undone. Intersession offers again to delete the example."))
    return redirect(url_for("beginning.ask"))


def _own_registers() -> list[Body]:
    """Return the registers that are no samples."""
    return [register for register in registers(context.session()) if not register.is_sample]


#: how a count of each kind of thing reads, as "147 items"
WORDS: dict[str, Callable[[int], str]] = {
    "item": lambda n: str(ngettext("%(num)d item", "%(num)d items", n)),
    "item_update": lambda n: str(ngettext("%(num)d update", "%(num)d updates", n)),
    "report": lambda n: str(ngettext("%(num)d issued report", "%(num)d issued reports", n)),
    "transcript": lambda n: str(ngettext("%(num)d transcript", "%(num)d transcripts", n)),
    "proposal": lambda n: str(ngettext("%(num)d proposal found in them", "%(num)d proposals found in them", n)),
    "meeting": lambda n: str(ngettext("%(num)d meeting", "%(num)d meetings", n)),
    "milestone": lambda n: str(ngettext("%(num)d milestone", "%(num)d milestones", n)),
    "body": lambda n: str(ngettext("%(num)d body or organisation", "%(num)d bodies and organisations", n)),
    "person": lambda n: str(ngettext("%(num)d other person", "%(num)d other people", n)),
    "outgoing": lambda n: str(ngettext("%(num)d mail", "%(num)d mails", n)),
    "event": lambda n: str(ngettext("%(num)d line of history", "%(num)d lines of history", n)),
}


def _sample() -> Body:
    """Return the register whose pages these are, if it is the sample."""
    if context.body().is_sample:
        return context.body()
    return abort(404)


@blueprint.get("/sample/remove")
def confirm_sample() -> str:
    """Ask before the sample is removed."""
    return render_template("home/remove_sample.html", sample=_sample())


@blueprint.post("/sample/remove")
def remove_sample() -> Response | tuple[str, int]:
    """Remove the sample."""
    session = context.session()
    sample = _sample()
    try:
        sample_removal.remove_sample(session, sample, by=context.actor(), now=context.now())
    except Refused as refused:
        return render_template("home/remove_sample.html", sample=sample, refused=str(refused)), 422
    session.commit()
    flash(gettext("The sample is removed."))
    return redirect("/")
