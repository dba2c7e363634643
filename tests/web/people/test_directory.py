"""People, bodies and classes in the browser: found, shown, and changed by whoever keeps them."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_item, make_person, make_term, party_id_of
from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker.erasure import ledger
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.changes import add_class, label_by_name
from tracker.people.merged_records import merge
from tracker.people.models import Body, Frequency, Label, Party, Person, Role, Subscription, Term

BO = {
    "name": "Bo Berg",
    "affiliation": "North School",
    "stakeholder_group": "academia",
    "group_source": "stated",
    "email": "bo@example.org",
    "timezone": "",
    "language": "en",
    "version": "1",
}


@pytest.fixture
def bo(secretariat: Browser) -> str:
    """The slug of Bo Berg, known to the Library Board."""
    secretariat.post("/people/new", BO)
    return "bo-berg"


def person(session: Session, slug: str) -> Person:
    return session.exec(select(Person).where(col(Person.slug) == slug)).one()


def kept(browser: Browser, slug: str) -> Person:
    with browser.session() as session:
        return person(session, slug)


def of_the_board(browser: Browser, world: World) -> str:
    with browser.session() as session:
        return session.get_one(Body, world.register).slug


def test_the_list_shows_who_serves_in_which_role(member: Browser) -> None:
    page = member.get("/people").text
    assert "Sara Secretary" in page
    assert "secretariat" in page
    assert "Pia Parkwoman" not in page


@pytest.mark.parametrize(("q", "is_found"), [("sara", True), ("SECRET", True), ("sara park", False), ("<b>", False)])
def test_the_list_is_narrowed_by_name(member: Browser, q: str, is_found: bool) -> None:
    page = member.get("/people", query_string={"q": q}).text
    assert ("Sara Secretary" in page) is is_found


def test_a_new_person_is_shown_and_known_by_their_name(secretariat: Browser, bo: str) -> None:
    page = secretariat.get(f"/people/{bo}").text
    assert "North School" in page
    assert "b•••@example.org" in page
    with secretariat.session() as session:
        assert session.exec(select(Label.text)).all() == ["Bo Berg"]


def digest_of(browser: Browser, slug: str) -> Subscription | None:
    with browser.session() as session:
        return session.get(Subscription, person(session, slug).id)


def test_whoever_is_added_with_an_address_gets_a_digest(secretariat: Browser, bo: str) -> None:
    kept = digest_of(secretariat, bo)
    assert kept is not None
    assert kept.frequency == Frequency.WEEKLY


def test_a_digest_begins_with_the_address(secretariat: Browser) -> None:
    secretariat.post("/people/new", {**BO, "email": ""})
    assert digest_of(secretariat, "bo-berg") is None
    secretariat.post("/people/bo-berg/edit", BO)
    assert digest_of(secretariat, "bo-berg") is not None


def test_a_member_does_not_read_addresses(member: Browser, bo: str) -> None:
    assert "bo@example.org" not in member.get(f"/people/{bo}").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b"),
        ("name", "x" * 201),
        ("email", "bo"),
        ("email", "sara@example.org"),
        ("stakeholder_group", "martians"),
        ("timezone", "Mars/Olympus"),
        ("language", "xx"),
        ("group_source", "heard"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    secretariat: Browser, field: str, value: str
) -> None:
    answer = secretariat.post("/people/new", {**BO, "affiliation": "<i>North</i>", field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "&lt;i&gt;North&lt;/i&gt;" in answer.text


@pytest.mark.parametrize(
    "extra", [{"is_operator": "1"}, {"password_hash": "x"}, {"slug": "x"}, {"erased_on": "2012-01-01"}]
)
def test_what_is_not_on_the_form_cannot_be_set(secretariat: Browser, bo: str, extra: dict[str, str]) -> None:
    before = kept(secretariat, bo).model_dump()
    secretariat.post(f"/people/{bo}/edit", {**BO, **extra})
    assert kept(secretariat, bo).model_dump() == before


def test_whoever_saves_second_sees_what_the_first_did_and_decides(secretariat: Browser, bo: str) -> None:
    secretariat.post(f"/people/{bo}/edit", {**BO, "affiliation": "South School"})
    answer = secretariat.post(f"/people/{bo}/edit", {**BO, "affiliation": "West School"})
    assert answer.status_code == 409
    assert '<p class="pre">South School</p>' in answer.text
    assert 'value="West School"' in answer.text
    assert (
        secretariat.post(f"/people/{bo}/edit", {**BO, "affiliation": "West School", "version": "2"}).status_code == 302
    )


def test_a_role_begins_today_unless_said_otherwise(shelf: Shelf, secretariat: Browser, bo: str) -> None:
    assert 'value="2012-11-12"' in secretariat.get(f"/people/{bo}/terms").text


def test_a_role_lets_in_and_its_end_shuts_out(secretariat: Browser, bo: str, world: World) -> None:
    form = {"role": "member", "body": str(world.register), "first_day": "2012-01-01"}
    secretariat.post(f"/people/{bo}/terms", form)
    with secretariat.session() as session:
        term = session.exec(select(Term).where(col(Term.person_id) == person(session, bo).id)).one()
    browser = Browser(secretariat.app, term.person_id)
    assert browser.get("/people").status_code == 200
    secretariat.post(f"/people/{bo}/terms/{term.id}", {"last_day": "2012-12-31", "version": "1"})
    assert Browser(secretariat.app, term.person_id).get("/people").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_day": ""}, "first_day"),
        ({"last_day": "2011-01-01"}, "last_day"),
        ({"role": "king"}, "role"),
        ({"body": "77"}, "body"),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    secretariat: Browser, bo: str, world: World, change: dict[str, str], field: str
) -> None:
    form = {"role": "member", "body": str(world.register), "first_day": "2012-01-01", **change}
    answer = secretariat.post(f"/people/{bo}/terms", form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_nobody_gives_a_role_in_another_register(secretariat: Browser, bo: str, world: World) -> None:
    form = {"role": "secretariat", "body": str(world.other_register), "first_day": "2012-01-01"}
    assert secretariat.post(f"/people/{bo}/terms", form).status_code == 422


def test_a_name_as_printed_is_added_and_taken_away(secretariat: Browser, bo: str) -> None:
    secretariat.post(f"/people/{bo}/labels", {"label": "MR BERG"})
    assert "MR BERG" in secretariat.get(f"/people/{bo}").text
    with secretariat.session() as session:
        number = session.exec(select(Label.id).where(col(Label.text) == "MR BERG")).one()
    page = secretariat.follow(secretariat.post(f"/people/{bo}/labels/{number}/drop"))
    assert '<div class="row">\n          <span>MR BERG' not in page.text
    assert secretariat.post(f"/people/{bo}/labels/{number}/drop").status_code == 404


def test_a_name_that_is_somebody_elses_is_refused(secretariat: Browser, bo: str) -> None:
    secretariat.post("/people/new", {**BO, "name": "Cy Cole", "email": ""})
    answer = secretariat.post("/people/cy-cole/labels", {"label": "Bo Berg"})
    assert answer.status_code == 422
    assert "belongs to Bo Berg" in answer.text


def test_two_records_are_merged_and_parted_again(secretariat: Browser, member: Browser, bo: str) -> None:
    secretariat.post("/people/new", {**BO, "name": "B Burg", "email": ""})
    keeper = kept(secretariat, bo).id
    secretariat.post("/people/b-burg/merge", {"keeper": str(keeper)})
    assert member.get("/people/b-burg").location == f"/people/{bo}"
    assert "Undo the merge" in secretariat.get("/people/b-burg").text
    secretariat.post("/people/b-burg/unmerge")
    assert kept(secretariat, "b-burg").name == "B Burg"


def test_merging_needs_somebody_else(secretariat: Browser, bo: str) -> None:
    answer = secretariat.post(f"/people/{bo}/merge", {"keeper": ""})
    assert answer.status_code == 422
    assert 'id="keeper-error"' in answer.text


def test_nobody_is_merged_into_a_record_that_others_keep(secretariat: Browser, bo: str, world: World) -> None:
    assert secretariat.post(f"/people/{bo}/merge", {"keeper": str(world.operator)}).status_code == 422


def test_an_erased_person_is_gone_and_the_ground_stays(secretariat: Browser, bo: str) -> None:
    number = kept(secretariat, bo).id
    assert "cannot be undone" in secretariat.get(f"/people/{bo}/erase").text
    secretariat.post(f"/people/{bo}/erase", {"ground": "Asked for it by mail.", "extent": "name"})
    assert secretariat.get(f"/people/{bo}").status_code == 404
    assert "Bo Berg" not in secretariat.get("/people").text
    assert kept(secretariat, f"erased-{number}").erased_on is not None


def test_without_a_relay_an_erasure_deletes_the_mails_that_are_files(secretariat: Browser, bo: str) -> None:
    """Their own, and those of others that name them."""
    app = secretariat.app
    kept_mails = {
        "to-bo": (kept(secretariat, bo).id, "Dear Bo,"),
        "of-bo": (None, "Bo Berg asks you."),
        "other": (None, ""),
    }
    folder = app.extensions["config"].var / "mail"
    folder.mkdir(parents=True)
    with app.extensions["sessions"].writing() as session:
        for name, (person_id, text) in kept_mails.items():
            values = {"to_addr": "a@example.org", "message_id": name, "created_at": NOW, "next_at": NOW, "text": text}
            session.add(Outgoing(person_id=person_id, kind=MailKind.NOTICE, state=MailState.SENT, **values))
            (folder / f"{name}.eml").write_text(text)
    secretariat.post(f"/people/{bo}/erase", {"ground": "Asked for it by mail.", "extent": "name"})
    assert [file.stem for file in folder.glob("*.eml")] == ["other"]
    with app.extensions["sessions"].reader() as session:
        texts = session.exec(select(Outgoing.text).where(Outgoing.text.is_not(None))).all()  # type: ignore[union-attr]
    assert [text for text in texts if text] == []


def test_an_erasure_stands_in_the_ledger_at_once(secretariat: Browser, bo: str) -> None:
    number = kept(secretariat, bo).id
    secretariat.post(f"/people/{bo}/erase", {"ground": "Asked for it by mail.", "extent": "name"})
    entries = ledger.read(secretariat.app.extensions["config"].var / ledger.ERASURES)
    assert [(entry.kind, entry.person_id) for entry in entries] == [("name", number)]


def test_after_an_erasure_no_byte_of_the_database_holds_the_name(secretariat: Browser, bo: str, world: World) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        make_item(session, session.get_one(Body, world.register), text="Bo Berg asked, and bo@example.org answers.")
    file = Path(secretariat.app.extensions["sessions"].engine.url.database)
    secretariat.post(f"/people/{bo}/erase", {"ground": "Asked.", "extent": "name-and-words"})
    found = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*")).lower()
    assert [word for word in (b"bo berg", b"bo-berg", b"bo@example.org") if word in found] == []


def test_erasing_needs_its_ground(secretariat: Browser, bo: str) -> None:
    answer = secretariat.post(f"/people/{bo}/erase", {"ground": " ", "extent": "name"})
    assert answer.status_code == 422
    assert kept(secretariat, bo).name == "Bo Berg"


def test_what_an_erased_person_put_forward_leads_to_the_tombstone(secretariat: Browser, bo: str, world: World) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        one = person(session, bo)
        make_item(session, session.get_one(Body, world.register), put_forward_by=party_id_of(session, one))
        number = one.id
    secretariat.post(f"/people/{bo}/erase", {"ground": "Asked.", "extent": "name"})
    page = secretariat.get(f"/people/erased-{number}").text
    assert "was erased on" in page
    assert "Keep an archive" in page


WAYS = ["edit", "terms", "labels", "merge", "erase"]


@pytest.fixture
def shared(secretariat: Browser, world: World) -> str:
    """The slug of somebody who serves in both registers."""
    with secretariat.app.extensions["sessions"].writing() as session:
        both = make_person(session, "Both Boards")
        for number in (world.register, world.other_register):
            make_term(session, both, session.get_one(Body, number), Role.MEMBER)
        return both.slug


@pytest.mark.parametrize("way", WAYS)
def test_who_serves_elsewhere_too_is_not_this_secretariats_to_change(
    secretariat: Browser, shared: str, way: str
) -> None:
    assert secretariat.get(f"/people/{shared}").status_code == 200
    assert secretariat.get(f"/people/{shared}/{way}").status_code == 404
    assert secretariat.post(f"/people/{shared}/{way}", BO).status_code == 404


@pytest.fixture
def taken_over(secretariat: Browser, world: World) -> tuple[str, str]:
    """The slugs of a member here, and of the other register's secretary whose record was merged into that one."""
    with secretariat.app.extensions["sessions"].writing() as session:
        member, secretary = make_person(session, "Bo Berg"), make_person(session, "Per Park")
        make_term(session, member, session.get_one(Body, world.register), Role.MEMBER)
        make_term(session, secretary, session.get_one(Body, world.other_register), Role.SECRETARIAT)
        merge(session, secretary, member, by=SYSTEM, now=NOW)
        return member.slug, secretary.slug


@pytest.mark.parametrize("way", [*WAYS, "unmerge"])
def test_who_serves_elsewhere_under_a_merged_record_is_not_this_secretariats_to_change(
    secretariat: Browser, taken_over: tuple[str, str], way: str
) -> None:
    for slug in taken_over:
        assert secretariat.post(f"/people/{slug}/{way}", {**BO, "email": "mine@example.org"}).status_code == 404
    with secretariat.session() as session:
        assert person(session, taken_over[0]).email == "bo@example.org"


def test_an_operator_changes_who_serves_elsewhere_under_a_merged_record(
    app: Flask, taken_over: tuple[str, str], world: World
) -> None:
    with app.extensions["sessions"].writing() as session:
        olga, board = session.get_one(Person, world.operator), session.get_one(Body, world.register)
        make_term(session, olga, board, Role.SECRETARIAT)
    operator = Browser(app, world.operator)
    assert operator.post(f"/people/{taken_over[1]}/unmerge").status_code == 302


def test_the_role_of_a_merged_record_is_ended_on_the_page_of_the_one_that_stands_for_it(
    secretariat: Browser, bo: str, world: World
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        record = make_person(session, "B Burg")
        term = make_term(session, record, session.get_one(Body, world.register), Role.MEMBER)
        merge(session, record, person(session, bo), by=SYSTEM, now=NOW)
        number = term.id
    assert f"/people/{bo}/terms/{number}" in secretariat.get(f"/people/{bo}").text
    assert secretariat.get(f"/people/{bo}/terms/{number}").status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_whoever_runs_the_installation_is_not_changed_by_a_secretariat(
    secretariat: Browser, world: World, way: str
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        olga = session.get_one(Person, world.operator)
        label_by_name(session, olga, world.register, by=SYSTEM, now=NOW)
        slug = olga.slug
    assert secretariat.post(f"/people/{slug}/{way}", {**BO, "email": "mine@example.org"}).status_code == 404


def test_another_registers_people_are_unknown_here(secretariat: Browser, world: World) -> None:
    slug = kept_by_number(secretariat, world.stranger_member).slug
    assert secretariat.get(f"/people/{slug}").status_code == 404
    assert secretariat.post(f"/people/{slug}/edit", BO).status_code == 404


def kept_by_number(browser: Browser, number: int) -> Person:
    with browser.session() as session:
        return session.get_one(Person, number)


def body_form(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Readers' Council",
        "belongs": str(world.register),
        "stakeholder_group": "unknown",
        "timezone": "UTC",
        "version": "1",
        **changes,
    }


def test_a_body_is_added_changed_and_gets_its_steward(secretariat: Browser, world: World) -> None:
    secretariat.post("/people/bodies/new", body_form(world))
    secretariat.post("/people/readers-council/edit-body", body_form(world, name="Council of Readers"))
    secretariat.post("/people/readers-council/stewards", {"steward": str(world.member), "second": str(world.chair)})
    page = secretariat.get("/people/readers-council").text
    assert "Council of Readers" in page
    assert "Mira Member" in page
    assert "second: Chen Chair" in page


def test_the_second_one_is_somebody_else(secretariat: Browser, world: World) -> None:
    slug = of_the_board(secretariat, world)
    form = {"steward": str(world.member), "second": str(world.member)}
    answer = secretariat.post(f"/people/{slug}/stewards", form)
    assert answer.status_code == 422
    assert 'id="second-error"' in answer.text


def test_the_register_itself_cannot_be_put_below_another(secretariat: Browser, world: World) -> None:
    slug = of_the_board(secretariat, world)
    answer = secretariat.post(f"/people/{slug}/edit-body", body_form(world, belongs=str(world.other_register)))
    assert answer.status_code == 422


def test_a_body_that_somebody_overtook_is_409_with_both_texts(secretariat: Browser, world: World) -> None:
    secretariat.post("/people/bodies/new", body_form(world))
    address = "/people/readers-council/edit-body"
    secretariat.post(address, body_form(world, name="First"))
    answer = secretariat.post(address, body_form(world, name="Second"))
    assert answer.status_code == 409
    assert '<p class="pre">First</p>' in answer.text


def test_a_class_is_added_and_somebody_answers_for_it(secretariat: Browser, world: World) -> None:
    secretariat.post("/people/classes/new", {"name": "Schools"})
    secretariat.post("/people/schools/stewards", {"steward": str(world.member), "second": ""})
    assert "Mira Member answers for it" in secretariat.get("/people").text


@pytest.mark.parametrize("address", ["/people/bodies/new", "/people/classes/new"])
def test_a_party_without_a_name_is_refused(secretariat: Browser, world: World, address: str) -> None:
    answer = secretariat.post(address, body_form(world, name=" "))
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text


def test_a_class_is_kept_by_the_first_register_only(app: Any, secretariat: Browser, world: World) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        schools = add_class(session, "Schools", by=SYSTEM, now=NOW)
        make_item(session, session.get_one(Body, world.other_register), put_forward_by=schools.id)
        pat = make_person(session, "Pat Park")
        make_term(session, pat, session.get_one(Body, world.other_register), Role.SECRETARIAT)
        number = pat.id
    browser = Browser(app, number)
    assert browser.get("/b/park-board/people/schools").status_code == 200
    assert browser.post("/b/park-board/people/schools/stewards", {"steward": ""}).status_code == 404


def test_a_party_page_shows_what_it_has_to_do_with_items(member: Browser, world: World) -> None:
    with member.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        make_item(session, board, title="Open on Sundays", put_forward_by=party_id_of(session, board))
        slug = session.exec(select(Party.slug).where(col(Party.body_id) == board.id)).one()
    assert "Open on Sundays" in member.get(f"/people/{slug}").text


def test_a_stranger_is_sent_to_sign_in(visitor: Browser) -> None:
    assert (visitor.get("/people").location or "").startswith("/sign-in")
