"""Changing who is who: a person's record, roles and names as printed; merging two records, erasing one."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker.db import find_row
from tracker.erasure import sweep
from tracker.erasure.erase_person import Erasure, erase_everywhere
from tracker.erasure.preview import preview_erasure
from tracker.people import changes, masked_addresses, merged_records, terms
from tracker.people.models import Body, Label, Person, Role, Term
from tracker.people.queries import register_of
from tracker.people.register import bodies_of, people_of
from tracker.web.app import context
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.form_saving import Meanwhile, Submission, acting, seen_version, submit
from tracker.web.app.shown_address import shown_address
from tracker.web.app.value_words import group_names
from tracker.web.people.directory import the_party
from tracker.web.people.forms import ChoosePersonForm, EndTermForm, EraseForm, PersonForm, PersonLabelForm, TermForm
from tracker.web.people.record_keepers import may_change

blueprint = Blueprint("person_changes", __name__, url_prefix="/people")

Answer = tuple[str, int] | Response


def the_person(slug: str) -> Person:
    """Return the person whose record the reader may change; 404 for others."""
    party = the_party(slug)
    person = find_row(context.session(), Person, party.person_id)
    if person is not None and may_change(person):
        return person
    return abort(404)


def _back(person: Person, message: str) -> Response:
    flash(message)
    return redirect(url_for("people.page", slug=person.slug))


def _form(person: Person | None, **options: Any) -> PersonForm:
    """Return the form filled from the person; what was sent goes before it."""
    if person is None:
        return PersonForm().offer(group_names(context.session()))
    names = ("name", "affiliation", "stakeholder_group", "group_source", "email", "timezone", "language", "version")
    kept = {name: getattr(person, name) or "" for name in names} | {"email": shown_address(person.email)}
    return PersonForm(data=kept, **options).offer(group_names(context.session()), person)


def _show(
    form: PersonForm, person: Person | None, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    return render_template("people/person_form.html", form=form, person=person, meanwhile=meanwhile), status


@blueprint.get("/new")
def new() -> Answer:
    """Ask for a new person."""
    return _show(_form(None), None)


@blueprint.post("/new")
def add() -> Answer:
    """Add a person, known here by their name."""
    form = _form(None)

    def change() -> Person:
        person = changes.add_person(context.session(), form.details(), **acting())
        changes.label_by_name(context.session(), person, context.body_id(), **acting())
        # The digest begins with the first address.
        terms.subscribe_reachable(context.session(), person, **acting())
        return person

    outcome = submit(form, change)
    if outcome.result:
        return _back(outcome.result, gettext("Added. Give this person a role so that they can sign in."))
    return _show(form, None, outcome.status)


@blueprint.get("/<slug>/edit")
def edit(slug: str) -> Answer:
    """Ask what is to be changed of a person."""
    person = the_person(slug)
    return _show(_form(person), person)


@blueprint.post("/<slug>/edit")
def change(slug: str) -> Answer:
    """Change a person's record."""
    person = the_person(slug)
    form = _form(person)

    def make() -> None:
        version = seen_version(form)
        details = form.details()
        # The form shows an address masked, and sent back like that it stays.
        if details.email == shown_address(person.email):
            details = replace(details, email=person.email)
        changes.edit_person(context.session(), person, details, version=version, **acting())
        terms.subscribe_reachable(context.session(), person, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        return _back(person, gettext("Saved."))
    stored = _form(person, formdata=None)
    return _show(form, person, outcome.status, outcome.meanwhile(form, stored, person))


@blueprint.post("/<slug>/address")
def show_address(slug: str) -> Response:
    """Show a masked address in full, once; the history says who looked."""
    person = the_person(slug)
    address = masked_addresses.show_address(context.session(), person, **acting())
    context.session().commit()
    return _back(person, gettext("The mail address of %(name)s: %(address)s", name=person.name, address=address))


@blueprint.get("/<slug>/terms")
def terms_of(slug: str) -> Answer:
    """Ask for a role of the person."""
    person = the_person(slug)
    return _ask(TermForm(formdata=None, first_day=context.today()).offer(_bodies()), person, "term")


@blueprint.post("/<slug>/terms")
def add_term(slug: str) -> Answer:
    """Give a person a role in a body of this register."""
    person = the_person(slug)
    form = TermForm().offer(_bodies())

    def make() -> None:
        body = context.session().get_one(Body, int(form.body.data))
        terms.add_term(context.session(), person, body, Role(form.role.data), form.days(), **acting())

    return _finish(submit(form, make), form, person, "term", gettext("The role is saved."))


def _bodies() -> list[tuple[str, str]]:
    return [(str(body.id), body.name) for body in bodies_of(context.session(), context.body_id())]


@blueprint.get("/<slug>/terms/<int:number>")
def term(slug: str, number: int) -> Answer:
    """Ask with which day a role ends."""
    person = the_person(slug)
    return _ask(EndTermForm(obj=_the_term(person, number)), person, "end_term")


@blueprint.post("/<slug>/terms/<int:number>")
def end_term(slug: str, number: int) -> Answer:
    """Let a role end with a day."""
    person = the_person(slug)
    form = EndTermForm()
    ending = _the_term(person, number)

    def make() -> None:
        seen = seen_version(form)
        may_be_last = form.may_be_last.data
        last_day = form.last_day.data
        terms.end_term(context.session(), ending, last_day, seen_version=seen, may_be_last=may_be_last, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        return _back(person, gettext("The last day is saved."))
    meanwhile = outcome.meanwhile(form, EndTermForm(formdata=None, obj=ending), ending)
    return _ask(form, person, "end_term", outcome.status, meanwhile)


def _the_term(person: Person, number: int) -> Term:
    term = context.session().get(Term, number)
    if term is None or term.person_id not in _record_ids(person):
        abort(404)
    body = context.session().get_one(Body, term.body_id)
    if register_of(body) == context.body_id():
        return term
    return abort(404)


def _record_ids(person: Person) -> set[int]:
    """Return the person's id, and those of the records merged into theirs: a merge leaves roles and names with them."""
    merged = merged_records.merged_into(context.session(), person)
    return {person.id, *(record.id for record in merged)}


@blueprint.get("/<slug>/labels")
def labels(slug: str) -> Answer:
    """Ask for a name as printed."""
    return _ask(PersonLabelForm(), the_person(slug), "label")


@blueprint.post("/<slug>/labels")
def add_label(slug: str) -> Answer:
    """Note a name as printed before the person's speech."""
    person = the_person(slug)
    form = PersonLabelForm()

    def make() -> None:
        changes.add_label(context.session(), person, context.body_id(), form.label.data, **acting())

    return _finish(submit(form, make), form, person, "label", gettext("The name is saved."))


@blueprint.post("/<slug>/labels/<int:number>/drop")
def drop_label(slug: str, number: int) -> Answer:
    """Take a printed name away."""
    person = the_person(slug)
    session = context.session()
    label = session.exec(
        select(Label).where(
            col(Label.id) == number,
            col(Label.register_id) == context.body_id(),
            col(Label.person_id).in_(_record_ids(person)),
        )
    ).one_or_none()
    changes.drop_label(session, label or abort(404), **acting())
    session.commit()
    return _back(person, gettext("The name is removed."))


@blueprint.get("/<slug>/merge")
def choose_keeper(slug: str) -> Answer:
    """Ask who else the person is."""
    person = the_person(slug)
    return _ask(ChoosePersonForm().offer(_others(person)), person, "merge")


@blueprint.post("/<slug>/merge")
def merge(slug: str) -> Answer:
    """Find the person to be the same as another."""
    person = the_person(slug)
    form = ChoosePersonForm().offer(_others(person))

    def make() -> None:
        # Whoever chooses nobody is told so by the verb, which merges no person with themselves.
        keeper_id = number_or_none(form.keeper.data) or person.id
        keeper = context.session().get_one(Person, keeper_id)
        merged_records.merge(context.session(), person, keeper, **acting())

    return _finish(
        submit(form, make), form, person, "merge", gettext("The records are merged. You can undo this here.")
    )


def _others(person: Person) -> list[tuple[int, str]]:
    """Return whom the person may be merged with: only those whose records the reader may change too."""
    others = people_of(context.session(), context.body_id())
    return [(other.id, other.name) for other in others if other.id != person.id and may_change(other)]


@blueprint.post("/<slug>/unmerge")
def undo_merge(slug: str) -> Answer:
    """Undo the merge: the person has a record of their own again."""
    person = the_person(slug)
    # Nothing is typed here, so there is no form to show a refusal in: the error page says it.
    merged_records.undo_merge(context.session(), person, **acting())
    context.session().commit()
    return _back(person, gettext("The merge is undone."))


@blueprint.get("/<slug>/erase")
def confirm_erasing(slug: str) -> Answer:
    """Ask for the ground, and say what erasing does."""
    person = the_person(slug)
    return _ask(_erase_form(person), person, "erase")


def _erase_form(person: Person) -> EraseForm:
    return EraseForm().offer(preview_erasure(context.session(), person))


@blueprint.post("/<slug>/erase")
def erase(slug: str) -> Answer:
    """Erase the person."""
    person = the_person(slug)
    form = _erase_form(person)

    def make() -> Erasure:
        with_words = form.extent.data == "name-and-words"
        told = {"today": context.today(), "with_words": with_words, **acting()}
        return erase_everywhere(context.session(), person, form.ground.data, **told)

    outcome = submit(form, make)
    if outcome.result is None:
        return _ask(form, person, "erase", outcome.status)
    # The page of the person is gone with their name, so the list follows.
    flash(gettext("Erased. Only the day and the ground are kept."))
    sweep.clear_up(context.session(), context.config().var, outcome.result.mails, outcome.result.words)
    return redirect(url_for("people.listing"))


def _ask(
    form: FlaskForm, person: Person, page: str, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    return render_template(f"people/{page}.html", form=form, person=person, meanwhile=meanwhile), status


def _finish(outcome: Submission[None], form: FlaskForm, person: Person, page: str, message: str) -> Answer:
    """Go back to the person's page with the message, or show the form again."""
    if outcome.is_saved:
        return _back(person, message)
    return _ask(form, person, page, outcome.status)
