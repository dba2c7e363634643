"""What the pages of people say once something is done, and what to do where it was not."""

import re

import pytest
from sqlmodel import col, select

from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.people.test_directory import BO, kept
from tests.web.people.test_handovers import end
from tests.web.people.test_import_list import LIST, confirm, shown
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker.handovers.models import Handover
from tracker.people.models import Label, Term


def said(browser: Browser, path: str, form: dict[str, object] | None = None) -> str:
    """Send the form, follow where it leads, and return what the page says."""
    return plain(browser.follow(browser.post(path, form or {})).text)


@pytest.fixture
def bo(secretariat: Browser) -> str:
    """The slug of Bo Berg, with an address and without a role."""
    assert "Added. Give this person a role so that they can sign in." in said(secretariat, "/people/new", BO)
    return "bo-berg"


def test_a_person_who_is_given_a_role_and_a_name_is_told_of(secretariat: Browser, bo: str, world: World) -> None:
    role = {"role": "member", "body": str(world.register), "first_day": "2012-01-01"}
    assert "The role is saved." in said(secretariat, f"/people/{bo}/terms", role)
    assert "The name is saved." in said(secretariat, f"/people/{bo}/labels", {"label": "MR BERG"})
    with secretariat.session() as session:
        term = session.exec(select(Term).where(col(Term.person_id) == kept(secretariat, bo).id)).one().id
        label = session.exec(select(Label.id).where(col(Label.text) == "MR BERG")).one()
    ending = {"last_day": "2012-12-31", "version": "1"}
    assert "The last day is saved." in said(secretariat, f"/people/{bo}/terms/{term}", ending)
    assert "The name is removed." in said(secretariat, f"/people/{bo}/labels/{label}/drop")


def test_a_merge_says_that_it_can_be_undone(secretariat: Browser, bo: str) -> None:
    secretariat.post("/people/new", {**BO, "name": "B Burg", "email": ""})
    merging = said(secretariat, "/people/b-burg/merge", {"keeper": str(kept(secretariat, bo).id)})
    assert "The records are merged. You can undo this here." in merging
    assert "The merge is undone." in said(secretariat, "/people/b-burg/unmerge")


def test_erasing_says_what_is_kept(secretariat: Browser, bo: str) -> None:
    page = said(secretariat, f"/people/{bo}/erase", {"ground": "Requested on 9 November.", "extent": "name"})
    assert "Erased. Only the day and the ground are kept." in page
    assert "Bo Berg" not in page


@pytest.mark.parametrize(
    ("path", "form", "message"),
    [
        (
            "/people/bodies/new",
            {"name": "Youth Forum", "stakeholder_group": "unknown", "timezone": "UTC", "belongs": "", "version": "1"},
            "The body is added.",
        ),
        ("/people/classes/new", {"name": "Teachers"}, "The class is added. Next, choose who answers for it."),
    ],
)
def test_a_new_body_or_class_leads_to_its_page(
    secretariat: Browser, path: str, form: dict[str, object], message: str
) -> None:
    page = said(secretariat, path, form)
    assert message in page
    assert str(form["name"]) in page


def test_inviting_nobody_says_whom_to_tick(secretariat: Browser) -> None:
    message = "Nobody was invited. Tick the people you want to invite."
    assert message in said(secretariat, "/people/invitations")


def test_an_invitation_that_is_withdrawn_says_what_its_link_does(
    shelf: Shelf, secretariat: Browser, world: World
) -> None:
    assert "1 invitation is on its way." in said(secretariat, "/people/invitations", {"who": f"{world.member}.0"})
    with shelf.writing() as session:
        slug = shelf.person(session, "member").slug
    page = said(secretariat, f"/people/{slug}/invitation/withdraw")
    assert "The invitation is withdrawn. Its link no longer works." in page


def test_a_handover_says_what_was_offered_taken_and_left(shelf: Shelf, secretariat: Browser, chair: Browser) -> None:
    for title in ("Buy lamps", "Buy chairs"):
        shelf.owned(title=title)
    slug = end(shelf)
    offering = {"successor": str(shelf.world.chair), "note": ""}
    assert "Offered, with one mail." in said(secretariat, f"/handovers/from/{slug}/offer", offering)
    with shelf.writing() as session:
        number = session.exec(select(Handover.id)).one()
    page = chair.get(f"/handovers/{number}").text
    first, second = dict.fromkeys(re.findall(r'name="part" value="(\d+)"', page))
    taken = said(chair, f"/handovers/{number}/take", {"part": first})
    assert "Thank you. It is yours now." in taken
    declined = said(chair, f"/handovers/{number}/decline", {"part": second, "message": "No time."})
    assert "Thank you. The secretariat will ask somebody else." in declined
    assert "All of these duties were answered already." in said(secretariat, f"/handovers/{number}/withdraw")


def test_an_offer_that_nobody_answered_is_withdrawn_with_its_number(shelf: Shelf, secretariat: Browser) -> None:
    shelf.owned(title="Buy lamps")
    slug = end(shelf)
    secretariat.post(f"/handovers/from/{slug}/offer", {"successor": str(shelf.world.chair), "note": ""})
    with shelf.writing() as session:
        number = session.exec(select(Handover.id)).one()
    assert "1 offer is withdrawn." in said(secretariat, f"/handovers/{number}/withdraw")


def test_whoever_leaves_reads_how_many_notes_are_saved(shelf: Shelf, member: Browser) -> None:
    number = shelf.owned(title="Buy lamps")
    with shelf.item(number) as (_, item):
        note = {f"note-{item.id}": "The key is with Bo.", f"seen-{item.id}": "0"}
    assert "1 note is saved." in said(member, f"/handovers/from/{end(shelf)}/notes", note)


def test_a_list_that_others_overtook_is_shown_again(shelf: Shelf, secretariat: Browser) -> None:
    preview = shown(secretariat).text
    secretariat.post("/people/new", {**BO, "name": "Nia New", "email": "nia@example.org"})
    answer = confirm(secretariat, preview)
    assert answer.status_code == 409
    assert "Somebody changed one of these people meanwhile. Check the preview again." in plain(answer.text)


def test_undoing_an_import_says_who_stays(shelf: Shelf, secretariat: Browser) -> None:
    answer = confirm(secretariat, shown(secretariat, LIST.encode()).text)
    secretariat.post("/people/nia-new/edit", {**BO, "name": "Nia New", "email": "nia@example.org"})
    page = plain(secretariat.follow(secretariat.post(f"{answer.location}/undo")).text)
    assert "Kept 1 person, named elsewhere or changed since." in page
