"""Changing bodies and classes: what they are called, and who answers for them."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.db import find_row
from tracker.items.lines import person_names
from tracker.people import changes, terms
from tracker.people.models import Body, Party, Person
from tracker.people.queries import party_names
from tracker.people.register import people_of
from tracker.web.app import context
from tracker.web.app.form_saving import Meanwhile, acting, seen_version, submit
from tracker.web.app.value_words import group_names
from tracker.web.people.directory import the_party
from tracker.web.people.forms import BodyForm, ClassForm, StewardsForm
from tracker.web.people.record_keepers import may_change_party

blueprint = Blueprint("body_changes", __name__, url_prefix="/people")

Answer = tuple[str, int] | Response


def the_body(slug: str) -> Body:
    """Return the body that the reader may change; 404 for others."""
    party = _the_changeable(slug)
    if party.body_id:
        return context.session().get_one(Body, party.body_id)
    return abort(404)


def _the_changeable(slug: str) -> Party:
    party = the_party(slug)
    # People have forms of their own.
    if party.person_id is None and may_change_party(party):
        return party
    return abort(404)


def _back(slug: str, message: str) -> Response:
    flash(message)
    return redirect(url_for("people.page", slug=slug))


def _form(body: Body | None, **options: Any) -> BodyForm:
    """Return the form filled from the body; one that is the register itself belongs to nothing."""
    # The register comes first: nearly every new body belongs to it.
    parents = [(str(context.body_id()), context.body().name), ("", gettext("no register"))]
    if body is None:
        return BodyForm(**options).offer(group_names(context.session()), parents)
    kept = {
        "name": body.name,
        "purpose": body.purpose,
        "stakeholder_group": body.stakeholder_group,
        "timezone": body.timezone,
        "belongs": str(body.parent_id or ""),
        "digest_months": body.digest_months,
        "holds_unusual": body.holds_unusual,
        "version": body.version,
    }
    if body.is_register or str(body.parent_id or "") not in dict(parents):
        # Neither choice would be true of this body, and saving another field must not move it: offer what it is now.
        name = gettext("no register")
        parent = find_row(context.session(), Body, body.parent_id)
        if parent is not None:
            name = parent.name
        parents = [(str(body.parent_id or ""), name)]
    return BodyForm(data=kept, **options).offer(group_names(context.session()), parents)


def _show(form: BodyForm, body: Body | None, status: int = 200, meanwhile: Meanwhile | None = None) -> tuple[str, int]:
    return render_template("people/body_form.html", form=form, body=body, meanwhile=meanwhile), status


@blueprint.get("/bodies/new")
def new() -> Answer:
    """Ask for a new body."""
    return _show(_form(None), None)


@blueprint.post("/bodies/new")
def add() -> Answer:
    """Add a body of this register, or one outside every register."""
    form = _form(None)

    def make() -> Body:
        return changes.add_body(context.session(), form.details(), register_id=context.body_id(), **acting())

    outcome = submit(form, make)
    if outcome.result:
        return _back(outcome.result.slug, gettext("The body is added."))
    return _show(form, None, outcome.status)


@blueprint.get("/<slug>/edit-body")
def edit(slug: str) -> Answer:
    """Ask what is to be changed of a body."""
    body = the_body(slug)
    return _show(_form(body), body)


@blueprint.post("/<slug>/edit-body")
def change(slug: str) -> Answer:
    """Change a body."""
    body = the_body(slug)
    form = _form(body)

    def make() -> None:
        version = seen_version(form)
        changes.edit_body(context.session(), body, form.details(), version=version, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        return _back(slug, gettext("Saved."))
    stored = _form(body, formdata=None)
    return _show(form, body, outcome.status, outcome.meanwhile(form, stored, body))


@blueprint.get("/classes/new")
def new_class() -> Answer:
    """Ask for a new class of parties."""
    return render_template("people/class_form.html", form=ClassForm()), 200


@blueprint.post("/classes/new")
def add_class() -> Answer:
    """Add a class, such as governments."""
    form = ClassForm()

    def make() -> Party:
        return changes.add_class(context.session(), form.name.data, register_id=context.body_id(), **acting())

    outcome = submit(form, make)
    if outcome.result:
        return _back(outcome.result.slug, gettext("The class is added. Next, choose who answers for it."))
    return render_template("people/class_form.html", form=form), outcome.status


@blueprint.get("/<slug>/stewards")
def stewards(slug: str) -> Answer:
    """Ask who answers for a body or a class."""
    party = _the_changeable(slug)
    return _show_stewards(_stewards_form(party), party)


def _stewards_form(party: Party, **options: Any) -> StewardsForm:
    kept = {"steward": str(party.steward_id or ""), "second": str(party.second_id or ""), "version": party.version}
    return StewardsForm(data=kept, **options).offer(_people(party))


@blueprint.post("/<slug>/stewards")
def set_stewards(slug: str) -> Answer:
    """Say who answers for a body or a class."""
    party = _the_changeable(slug)
    form = _stewards_form(party)

    def make() -> None:
        steward, second = (_person(choice.data) for choice in (form.steward, form.second))
        seen = seen_version(form)
        terms.set_stewards(context.session(), party, steward, second, seen_version=seen, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        return _back(slug, gettext("Saved."))
    meanwhile = outcome.meanwhile(form, _stewards_form(party, formdata=None), party)
    return _show_stewards(form, party, outcome.status, meanwhile)


def _people(party: Party) -> list[tuple[int, str]]:
    """Return who may answer: the register's people, and whoever does now."""
    session = context.session()
    names = {person.id: person.name for person in people_of(session, context.body_id())}
    kept = person_names(session, {number for number in (party.steward_id, party.second_id) if number})
    # Whoever answers now may have left: the form must not replace them only because somebody changes the second.
    return list((names | kept).items())


def _person(number: str) -> Person | None:
    if number:
        return context.session().get_one(Person, int(number))
    return None


def _show_stewards(
    form: StewardsForm, party: Party, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    name = party_names(context.session(), {party.id})[party.id]
    return render_template("people/stewards.html", form=form, party=party, name=name, meanwhile=meanwhile), status
