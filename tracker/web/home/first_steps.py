"""The first steps of a new secretary: what is done is read off the register, what comes next is a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext, ngettext
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from tracker.history import ChangeWay, Event
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.party_models import Ownership
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.meetings.models import Meeting, Milestone
from tracker.people import own_account
from tracker.people.models import FirstSignIn, Invitation, Person, StepsHidden
from tracker.people.queries import serving
from tracker.seed.start_empty import is_example
from tracker.transcripts.models import Transcript
from tracker.web.app import context, route_access
from tracker.web.app.form_saving import acting

blueprint = Blueprint("first_steps", __name__, url_prefix="/first-steps")

#: more than so many must have signed in here before there is somebody to work with: one is the secretary, and a
#: second may be whoever set the installation up
SEVERAL = 2
#: what a person does to a passage; what an import recognises by itself is attached
SPEAKERS = (Verb.SPEAKER_ASSIGNED, Verb.SPEAKERS_SETTLED, Verb.INTRODUCTION_ACCEPTED, Verb.DOUBT_SETTLED)
DECIDED = (Verb.ACCEPTED, Verb.SET_ASIDE, Verb.TO_BE_SET_ASIDE)


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: what happens there in a sentence, and whether it has been done here."""

    title: str
    text: str
    #: None where there is nothing more to do
    href: str | None
    is_done: bool


@dataclass(frozen=True)
class FirstSteps:
    """The steps in their order; hidden once somebody wants it so."""

    steps: list[FirstStep]
    is_hidden: bool
    #: there is nothing here but the example
    is_example: bool

    @property
    def next(self) -> FirstStep | None:
        """Return the first that is not done."""
        return next((step for step in self.steps if not step.is_done), None)


def of_register(session: Session, body_id: int, person: Person, waiting: int) -> FirstSteps:
    """Return the steps as this register stands, in a fixed number of statements; `waiting` is what triage holds.

    Where all else is done, what waits is everyday work, and no first step any more.
    """
    has = _has(session, body_id)
    example = is_example(session)
    own = _start_empty(is_done=not example)
    if context.body().is_sample:
        own = _remove_sample()
    first, *others = _import(has), _ask(has), _digest(has), _invite(has), own
    if all(step.is_done for step in others):
        waiting = 0
    triage = _triage(has, waiting)
    return FirstSteps(
        [first, _speakers(has), _milestone(has), triage, *others],
        session.get(StepsHidden, person.id) is not None,
        example,
    )


def _has(session: Session, body_id: int) -> dict[str, bool]:
    """Return what there is in the register, in two statements."""
    here = serving(body_id, context.today())
    arrived = sa.select(sa.func.count()).where(col(FirstSignIn.id).in_(here))
    requested = (
        col(Ownership.item_id) == col(Item.id),
        col(Item.body_id) == body_id,
        col(Ownership.requested_by).is_not(None),
    )
    questions = {
        "meeting": sa.exists().where(col(Meeting.body_id) == body_id),
        "milestone": sa.exists().where(col(Milestone.body_id) == body_id),
        "transcript": sa.exists().where(col(Transcript.meeting_id) == col(Meeting.id), col(Meeting.body_id) == body_id),
        "asked": sa.exists().where(*requested),
        "digest": sa.exists().where(
            *requested,
            col(Outgoing.kind) == MailKind.DIGEST,
            col(Outgoing.state) == MailState.SENT,
            col(Outgoing.person_id).in_(here),
            col(Outgoing.created_at) > col(Ownership.requested_at),
        ),
        # People with an address need not know of this register: one was invited, or several came on their own.
        "members": sa.or_(sa.exists().where(col(Invitation.body_id) == body_id), arrived.scalar_subquery() > SEVERAL),
    }
    has = _answers(session, questions)
    # Where nobody has done it yet, the whole history is read through: kept until it goes on.
    return has | context.kept("first steps", lambda: _has_by_hand(session, body_id))


def _has_by_hand(session: Session, body_id: int) -> dict[str, bool]:
    """Return what a person has done in the register, by its history."""
    in_browser = col(Event.body_id) == body_id, col(Event.way) == ChangeWay.BROWSER
    of_proposals = col(Event.subject).startswith("proposal:")
    questions = {
        "spoken_by": sa.exists().where(*in_browser, col(Event.verb).in_(SPEAKERS)),
        "triaged": sa.exists().where(*in_browser, of_proposals, col(Event.verb).in_(DECIDED)),
    }
    return _answers(session, questions)


def _answers(session: Session, questions: Mapping[str, Any]) -> dict[str, bool]:
    row = session.execute(sa.select(*questions.values())).one()
    return dict(zip(questions, map(bool, row), strict=True))


def _import(has: dict[str, bool]) -> FirstStep:
    # A file must have a meeting to belong to, so the very first step leads to the form of one.
    endpoint = "meetings.new"
    text = gettext("Add the meeting first, then import its file from the meeting's page.")
    if has["meeting"]:
        endpoint = "uploads.listing"
        text = gettext("Upload the file of a meeting. You choose its meeting before anything is imported.")
    return FirstStep(
        gettext("Import a transcript"),
        text,
        url_for(endpoint),
        has["transcript"],
    )


def _speakers(has: dict[str, bool]) -> FirstStep:
    return FirstStep(
        gettext("Identify the speakers"),
        gettext(
            "Open the transcript of a meeting, then Speakers. Items and positions name only people whom you confirm."
        ),
        url_for("meetings.listing"),
        has["spoken_by"] or has["triaged"],
    )


def _milestone(has: dict[str, bool]) -> FirstStep:
    return FirstStep(
        gettext("Add a milestone"),
        gettext("Due dates hang from milestones, such as your next meeting. When one moves, they move with it."),
        url_for("milestones.new"),
        has["milestone"],
    )


def _triage(has: dict[str, bool], waiting: int) -> FirstStep:
    is_begun = has["transcript"] and has["triaged"]
    text = gettext("Each passage that may put something forward waits there. Create an item from it, or set it aside.")
    if is_begun:
        text = ngettext("%(num)d still waits.", "%(num)d still wait.", waiting)
    return FirstStep(gettext("Triage the proposals"), text, url_for("triage.queue"), is_begun and not waiting)


def _ask(has: dict[str, bool]) -> FirstStep:
    return FirstStep(
        gettext("Request an owner"),
        gettext("Choose somebody on the page of an item. They answer I'll take it, not mine, or pass it on."),
        url_for("items.listing", progress="open", unowned=1),
        has["asked"],
    )


def _digest(has: dict[str, bool]) -> FirstStep:
    return FirstStep(
        gettext("Preview the digest"),
        gettext("Each member gets a digest as often as they choose, every week at first. Read here what it will say."),
        url_for("next_mails.listing"),
        has["digest"],
    )


def _invite(has: dict[str, bool]) -> FirstStep:
    return FirstStep(
        gettext("Invite members"),
        gettext("Give a person an address and a role, then invite them. They sign in by a link, without a password."),
        url_for("person_changes.new"),
        has["members"],
    )


def _remove_sample() -> FirstStep:
    return FirstStep(
        gettext("Start with your own body"),
        gettext("This is a sample to try things on. One button removes it completely."),
        _operators_page("beginning.confirm_sample"),
        is_done=False,
    )


def _start_empty(*, is_done: bool) -> FirstStep:
    href = None
    if not is_done:
        href = _operators_page("beginning.ask")
    return FirstStep(
        gettext("Start with your own body"),
        gettext("This is an example. One button deletes all of it and asks for the name of your register."),
        href,
        is_done,
    )


def _operators_page(endpoint: str) -> str:
    """Return the address of an operator's page; for others that of the people, where they find whom to ask."""
    if route_access.may(endpoint):
        return url_for(endpoint)
    return url_for("people.listing")


@blueprint.post("/hide")
def hide() -> Response:
    """Hide the steps from the reader's page."""
    own_account.hide_steps(context.session(), context.person(), **acting())
    context.session().commit()
    flash(gettext("The first steps are hidden. You can show them again at the foot of this page."))
    return redirect(url_for("front.index"))


@blueprint.post("/show")
def show() -> Response:
    """Show the steps on the reader's page again."""
    own_account.show_steps(context.session(), context.person(), **acting())
    context.session().commit()
    return redirect(url_for("front.index"))
