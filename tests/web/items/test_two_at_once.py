"""Two people save the same form: the second sees both texts and decides. Every form there is is walked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    made,
    make_addressee,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_term,
)
from tests.web.browsing import XHTML, Browser
from tests.web.shelf import Shelf
from tracker.items.models import Item, Progress
from tracker.items.party_models import Ownership, OwnerState, Position, Stance
from tracker.meetings.models import Repeats
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series
from tracker.people.models import Role

#: forms that need no version, by the reason why
EXEMPT: dict[str, set[str]] = {
    "begins something new, and goes over nobody's words": {
        "agendas.add", "answers.send_new_link", "feeds.renew", "series.add",
        "invitations.send", "item_views.new",
        "account.password", "uploads.upload", "body_changes.add", "body_changes.add_class", "importing.take_written",
        "importing.upload", "item_changes.new", "item_positions.add", "meetings.add", "milestones.add",
        "next_mails.send_copy", "person_changes.add", "report_issuing.issue", "turns.mark",
        "redactions.ask",
    },
    "adds or takes away one thing that it names; a second time it is refused": {
        "agendas.raise_at", "agenda_order.remove", "feeds.revoke",
        "invitations.withdraw", "item_views.delete", "item_views.restore", "rapporteurs.drop", "rapporteurs.name",
        "item_links.manage", "item_links.remove", "item_owner.add_helper", "item_owner.remove_helper",
        "item_responses.drop", "item_responses.name", "person_changes.add_label", "person_changes.add_term",
        "person_changes.drop_label",
    },
    "brings about the one state that its button names, however often": {
        "agenda_order.place", "agendas.show",
        "beginning.keep", "beginning.undo_keep",
        "first_steps.hide", "first_steps.show", "triage.go", "triage.sensitive", "triage.skip",
        "account.out_everywhere", "answers.undo", "recorded_answers.undo", "digests.again", "digests.stopped",
        "clock.return_to_today", "item_changes.follow",
        "item_changes.publish", "item_changes.unfollow", "item_changes.unpublish", "item_updates.show", "mail.hold",
        "mail.release", "meetings.show", "publishing.publish", "publishing.unpublish",
        "publishing.undo_publish", "publishing.undo_unpublish", "sign_in.out",
    },
    "happens once: whoever comes second is told that it has": {
        "clock.next_week", "item_owner.take", "redactions.back", "redactions.confirm",
        "assistant.again", "assistant.cancel", "assistant.start", "turns.confirm", "turns.file_reported",
        "cancelling.cancel", "people_import.preview", "people_import.run_import", "people_import.undo", "series.end",
        "beginning.start", "handing_over.offer", "handovers.decline", "handovers.take", "handovers.withdraw",
        "item_due.condition", "item_owner.accept", "item_owner.request_owner", "item_owner.decline",
        "item_owner.pass_on",
        "item_updates.undo", "mail.cancel", "mail.clear", "mail.send_again", "next_mails.cancel_run",
        "next_mails.hold_run", "next_mails.release_run", "person_changes.erase", "person_changes.show_address",
        "person_changes.merge", "person_changes.undo_merge", "beginning.remove_sample", "sign_in.by_link",
        "sign_in.by_password",
        "sign_in.use_link",
    },
    "takes away what it names as it was seen, with a version or a number": {
        "item_owner.end", "item_owner.withdraw", "item_positions.remove", "item_sending.undo",
    },
    "holds the version or the state of what it decides, and has tests of its own": {
        "agenda_room.outcome", "agendas.note", "cancelling.reinstate_milestone",
        "answers.save", "recorded_answers.record", "advice.back",
        "advice.take_over", "changeover.carry_out", "changeover.preview", "handing_over.write_notes",
        "item_views.edit", "seconds.back", "seconds.confirm", "batches.decide", "batches.take_over",
        "batches.undo",
        "uploads.again", "uploads.approve", "uploads.delete", "uploads.place", "uploads.understand",
        "bulk.act", "bulk.preview", "bulk.undo",
        "corrections.accept", "corrections.again", "corrections.back", "corrections.gone", "corrections.place",
        "introductions.accept", "introductions.dismiss", "item_sending.several", "milestones.move", "speakers.accept",
        "speakers.assign",
        "speakers.settle", "speakers.undo_decision", "triage.accept", "triage.attach", "triage.likewise",
        "triage.set_aside", "triage.snooze", "triage.undo", "turns.capacity", "turns.correct", "turns.join",
        "turns.split",
    },
}  # fmt: skip
EXEMPTED = set[str]().union(*EXEMPT.values())


@dataclass(frozen=True)
class Case:
    """A form: where it is, which field two people fill in, with what, and what it must hold beside."""

    path: str
    field: str
    first: str
    second: str
    more: dict[str, str]


CASES: dict[str, Callable[[Shelf], Case]] = {}


def case(endpoint: str) -> Callable[[Callable[[Shelf], Case]], Callable[[Shelf], Case]]:
    def keep(make: Callable[[Shelf], Case]) -> Callable[[Shelf], Case]:
        CASES[endpoint] = make
        return make

    return keep


def of_item(shelf: Shelf, end: str, field: str, first: str, second: str, /, **values: Any) -> Case:
    more = values.pop("more", {})
    return Case(f"/items/{shelf.put(**values)}{end}", field, first, second, more)


@case("item_changes.edit")
def _(shelf: Shelf) -> Case:
    return of_item(shelf, "/edit", "title", "Buy <b>lamps</b>", "Buy candles")


@case("item_due.rule")
def _(shelf: Shelf) -> Case:
    return of_item(shelf, "/due", "own_due_on", "2013-02-14", "2013-03-15", more={"by": "day", "reason": "As said"})


@case("item_responses.proposer")
def _(shelf: Shelf) -> Case:
    with shelf.writing() as session:
        party = shelf.party(session, "member").id
    values = {"progress": Progress.DONE, "put_forward_by": party, "more": {"view": "disputes"}}
    return of_item(shelf, "/proposer", "message", "Half is missing", "All of it is", **values)


@case("item_responses.respond")
def _(shelf: Shelf) -> Case:
    with shelf.item(shelf.put()) as (session, item):
        path = f"/items/{item.number}/addressees/{make_addressee(session, item, shelf.party(session)).id}"
    return Case(path, "answered_by", "The chair", "A letter", {"state": "taken-up"})


@case("item_sending.one")
def _(shelf: Shelf) -> Case:
    with shelf.item(shelf.put()) as (session, item):
        path = f"/items/{item.number}/addressees/{make_addressee(session, item, shelf.party(session)).id}/send"
    return Case(path, "words", "Letter of Friday", "Letter of Monday", {})


@case("item_positions.edit")
def _(shelf: Shelf) -> Case:
    return Case(position(shelf), "condition", "If there is money", "If there is light", {"stance": "supports-if"})


def position(shelf: Shelf) -> str:
    with shelf.item(shelf.put()) as (session, item):
        stand = Position(item_id=item.id, party_id=shelf.party(session).id, stance=Stance.SUPPORTS)
        return f"/items/{item.number}/positions/{made(session, stand).id}"


@case("item_owner.answerers")
def _(shelf: Shelf) -> Case:
    path, first = f"/items/{shelf.owned('register')}/owner", str(shelf.world.secretariat)
    return Case(path, "second", str(shelf.world.member), str(shelf.world.chair), {"answers_for": first})


@case("series.rename")
def _(shelf: Shelf) -> Case:
    with shelf.writing() as session:
        details = SeriesDetails("Call", Rule(TODAY, Repeats.WEEKS, times=2))
        begun = add_series(session, shelf.world.register, details, today=TODAY, by=SYSTEM, now=NOW)
        return Case(f"/milestones/series/{begun.id}/rename", "title", "Talk <b>", "Telephone", {})


@case("milestones.rename")
def _(shelf: Shelf) -> Case:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        return Case(f"/milestones/{milestone.slug}/edit", "title", "The spring", "The autumn", {})


@case("meetings.change")
def _(shelf: Shelf) -> Case:
    with shelf.writing() as session:
        meeting = make_meeting(session, shelf.board(session))
        return Case(f"/meetings/{meeting.slug}/edit", "place", "The hall", "The garden", {})


def somebody(shelf: Shelf) -> tuple[str, int]:
    with shelf.writing() as session:
        person = make_person(session, "Tom Term", email=None)
        return person.slug, make_term(session, person, shelf.board(session), Role.MEMBER).id


@case("person_changes.change")
def _(shelf: Shelf) -> Case:
    return Case(f"/people/{somebody(shelf)[0]}/edit", "affiliation", "The mill", "The bakery", {})


@case("person_changes.end_term")
def _(shelf: Shelf) -> Case:
    slug, term = somebody(shelf)
    return Case(f"/people/{slug}/terms/{term}", "last_day", "2012-12-31", "2013-06-30", {})


@case("body_changes.change")
def _(shelf: Shelf) -> Case:
    return Case("/people/library-board/edit-body", "name", "The Board", "The Library", {})


@case("body_changes.set_stewards")
def _(shelf: Shelf) -> Case:
    return Case("/people/library-board/stewards", "steward", str(shelf.world.member), str(shelf.world.chair), {})


@case("account.save")
def _(shelf: Shelf) -> Case:
    return Case("/account", "timezone", "Europe/Paris", "Europe/Rome", {})


@case("item_updates.write")
def _(shelf: Shelf) -> Case:
    more = {"note": "All of it", "reason": "For money"}
    return of_item(shelf, "/update", "progress", "waiting", "done", more=more)


def test_every_form_that_is_sent_is_walked_or_exempt_for_a_reason(app: Flask) -> None:
    sent = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert sent - EXEMPTED - set(CASES) == set(), "give the form a version and a case here, or say why it needs none"
    assert (EXEMPTED | set(CASES)) - sent == set()
    assert EXEMPTED & set(CASES) == set()


def inputs(form: Element) -> Iterator[tuple[str, str]]:
    """What a browser would send of a form as it stands."""
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if name is None or (kind in ("radio", "checkbox") and field.get("checked") is None):
            continue
        if field.tag == f"{XHTML}select":
            options = list(field.iter(f"{XHTML}option"))
            chosen = next((one for one in options if one.get("selected") is not None), options[0])
            yield name, chosen.get("value", "")
        elif field.tag == f"{XHTML}textarea":
            yield name, field.text or ""
        elif field.tag == f"{XHTML}input" and kind not in ("file", "submit"):
            yield name, field.get("value", "")


def form_with(html: str, field: str, path: str) -> tuple[str, dict[str, str]]:
    """Where the form that holds the field is sent, and what it holds."""
    for form in html5lib.parse(html).iter(f"{XHTML}form"):
        values = dict(inputs(form))
        if field in values and form.get("method") == "post":
            return form.get("action") or path, values
    raise AssertionError(f"no form with {field}")


@dataclass(frozen=True)
class Second:
    """The second one's page after both have saved, and where its form is sent."""

    page: str
    action: str


def both_save(browser: Browser, case: Case) -> Second:
    action, drawn = form_with(browser.get(case.path).text, case.field, case.path)
    # Who picks another name sends its value: the name that was drawn is no longer what stands there.
    replaced = {f"{name}-name" for name in (case.field, *case.more)}
    seen = {name: value for name, value in drawn.items() if name not in replaced}
    assert browser.post(action, {**seen, **case.more, case.field: case.first}).status_code == 302
    answer = browser.post(action, {**seen, **case.more, case.field: case.second})
    assert answer.status_code == 409, "it went over what the first one saved"
    return Second(answer.text, action)


def shown(html: str, field: str, value: str) -> str:
    """What a person reads for a value of the field."""
    for option in html5lib.parse(html).iter(f"{XHTML}option"):
        if option.get("value") == value:
            return option.text or ""
    return value


def sent(second: Second, case: Case, browser: Browser, **more: str) -> Second:
    """Send the second one's form once more as it stands, pressing another button."""
    answer = browser.post(second.action, {**held(second, case), **more})
    return Second(answer.text, second.action)


def held(second: Second, case: Case) -> dict[str, str]:
    return form_with(second.page, case.field, case.path)[1]


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_the_second_sees_both_texts_and_decides(shelf: Shelf, secretariat: Browser, endpoint: str) -> None:
    case = CASES[endpoint](shelf)
    second = both_save(secretariat, case)
    assert shown(second.page, case.field, case.first) in "".join(html5lib.parse(second.page).itertext())
    assert held(second, case)[case.field] == case.second
    if endpoint != "item_updates.write":  # an update is added to what is there: nothing is taken over
        taken = sent(second, case, secretariat, **{"take-text": f"theirs:{case.field}"})
        assert held(taken, case)[case.field] == case.first
        second = sent(taken, case, secretariat, **{"take-text": f"mine:{case.field}"})
        assert held(second, case)[case.field] == case.second
    assert secretariat.post(second.action, held(second, case)).status_code == 302


def test_words_typed_after_the_choice_are_kept_when_the_other_text_is_taken(shelf: Shelf, secretariat: Browser) -> None:
    case = CASES["item_changes.edit"](shelf)
    taken = sent(both_save(secretariat, case), case, secretariat, title="A third", **{"take-text": "theirs:title"})
    assert held(taken, case)["mine-title"] == "A third"


def test_the_second_reads_who_was_first(shelf: Shelf, secretariat: Browser) -> None:
    assert "Sara Secretary saved this" in both_save(secretariat, CASES["item_changes.edit"](shelf)).page


def test_a_position_corrected_meanwhile_is_not_taken_out(shelf: Shelf, secretariat: Browser) -> None:
    path = position(shelf)
    page = secretariat.get(path).text
    action, seen = form_with(page, "reason", path)
    secretariat.post(path, {**form_with(page, "stance", path)[1], "stance": "asks"})
    answer = secretariat.post(action, {**seen, "reason": "Misread"})
    assert answer.status_code == 409
    assert form_with(answer.text, "reason", path)[1]["reason"] == "Misread"
    assert form_with(answer.text, "stance", path)[1]["stance"] == "asks"


def test_only_the_owner_whom_one_saw_is_let_go(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("member")
    path = f"/items/{number}/owner"
    action, seen = form_with(secretariat.get(path).text, "reason", path)
    with shelf.item(number) as (session, item):
        hand_over(session, item, shelf)
    assert secretariat.post(action, {**seen, "reason": "No time"}).status_code == 409
    with shelf.writing() as session:
        assert session.exec(select(Ownership.state).order_by(Ownership.id)).all() == ["ended", "accepted"]  # type: ignore[arg-type]


def hand_over(session: Any, item: Item, shelf: Shelf) -> None:
    session.exec(select(Ownership)).one().state = OwnerState.ENDED
    make_ownership(session, item, shelf.party(session, "chair"))


def test_only_the_request_that_one_saw_is_taken_back(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned("member", OwnerState.REQUESTED)
    answer = secretariat.post(f"/items/{number}/owner/withdraw", {"request": "4711"})
    assert answer.status_code == 409
