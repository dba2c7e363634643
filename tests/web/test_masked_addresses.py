"""The address of somebody without a role, such as a resident who wrote in, is shown to nobody by the way."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.factories import NOW, make_person
from tests.town import Town, make_town
from tests.town.addresses import PAGES
from tests.web.browsing import Browser, links_of
from tests.web.shelf import Shelf
from tests.web.test_internal_words import FILES
from tracker import create_app
from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.people.masked_addresses import masked
from tracker.people.models import Label, Person

ADDRESS = "odile.ferrant@example.org"
MASKED = "o•••@example.org"
READERS = (None, "stranger_member", "member", "rapporteur", "chair", "secretariat", "operator")


def test_an_address_is_masked_so_that_its_owner_knows_it() -> None:
    assert [masked(address) for address in (ADDRESS, "a@b", "(erased)")] == [MASKED, "a•••@b", "(erased)"]


def _write_in(shelf: Shelf) -> str:
    """Let Odile, who has no role, be named in the register and have mails; return how she is addressed here."""
    with shelf.writing() as session:
        odile = make_person(session, "Odile Ferrant", email=ADDRESS)
        session.add(Label(person_id=odile.id, register_id=shelf.world.register, text="MS FERRANT"))
        for state in (MailState.SENT, MailState.DEAD, MailState.HELD):
            mail = Outgoing(
                person_id=odile.id,
                kind=MailKind.RECEIPT,
                body_id=shelf.world.register,
                to_addr=ADDRESS,
                message_id=f"receipt.{state}",
                subject="Your answer is saved",
                message=f"To: {ADDRESS}\nSubject: Your answer is saved\n\nIt is.\n".encode(),
                last_text=f"refused: {ADDRESS}",
                created_at=NOW,
                next_at=NOW,
                state=state,
            )
            session.add(mail)
        session.add(Suppression(to_addr=ADDRESS, code=550, text=f"no such user {ADDRESS}", since=NOW))
        return odile.slug


@pytest.fixture(scope="module")
def town(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("masked")
    shutil.copy(migrated, folder / "town.sqlite")
    url = f"sqlite:///{folder / 'town.sqlite'}"
    app = create_app({"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "SECRET_KEY": "a test's own"})
    app.config["TESTING"] = True
    made = make_town(app)
    slug = _write_in(Shelf(app, made.world))
    made.names["odile"] = slug
    yield made
    app.extensions["sessions"].engine.dispose()


@pytest.mark.parametrize("name", READERS)
def test_no_page_and_no_file_shows_it(town: Town, name: str | None) -> None:
    browser = Browser(town.app, name and getattr(town.world, name))
    own = [
        "/people/{odile}",
        "/people/{odile}/edit",
        "/people/{odile}/merge",
        "/people/{odile}/erase",
        "/mail?state=dead",
    ]
    paths = [*(path for pages in PAGES.values() for path in pages), *own]
    waiting = [path.format(**town.names) for path in paths] + [*FILES]
    shown = set()
    for path in [*waiting]:
        answer = browser.client.get(path, buffered=True)
        waiting += [link for link in links_of(answer) if "/mail/" in link]
        shown |= {path} if ADDRESS.encode() in answer.data else set()
    assert shown == set()


def test_the_secretariat_sees_it_masked_and_then_in_full_and_history_says_so(
    shelf: Shelf, secretariat: Browser
) -> None:
    slug = _write_in(shelf)
    page = secretariat.get(f"/people/{slug}").text
    assert (MASKED in page, ADDRESS in page) == (True, False)
    assert ADDRESS in secretariat.follow(secretariat.post(f"/people/{slug}/address")).text
    page = secretariat.get(f"/people/{slug}").text
    assert ADDRESS not in page
    assert "looked at the mail address in full" in page
    with shelf.writing() as session:
        last = session.exec(select(Event).order_by(col(Event.id).desc())).first()
        assert last
        assert (last.verb, last.actor) == (Verb.ADDRESS_SHOWN, f"person:{shelf.world.secretariat}")


def test_the_history_of_a_record_masks_it_too(shelf: Shelf, secretariat: Browser) -> None:
    slug = _write_in(shelf)
    form = {"name": "Odile Ferrant", "email": "odile@example.com", "version": 1, "stakeholder_group": "unknown"}
    page = secretariat.follow(secretariat.post(f"/people/{slug}/edit", {**form, "language": "en"})).text
    assert (page.count("o•••@example.com") > 1, "odile@example.com" in page) == (True, False)


@pytest.mark.parametrize("who", ["member", "chair", "visitor"])
def test_nobody_else_may_ask_for_it(shelf: Shelf, who: str, request: pytest.FixtureRequest) -> None:
    slug = _write_in(shelf)
    browser: Browser = request.getfixturevalue(who)
    assert ADDRESS not in browser.post(f"/people/{slug}/address").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(MASKED, ADDRESS), ("other@example.org", "other@example.org"), ("", None), (ADDRESS, ADDRESS)],
)
def test_a_masked_address_that_is_sent_back_stays(
    shelf: Shelf, secretariat: Browser, typed: str, kept: str | None
) -> None:
    slug = _write_in(shelf)
    assert ADDRESS not in secretariat.get(f"/people/{slug}/edit").text
    form = {"name": "Odile Ferrant", "email": typed, "version": 1, "stakeholder_group": "unknown", "language": "en"}
    assert secretariat.post(f"/people/{slug}/edit", form).status_code == 302
    with shelf.writing() as session:
        assert session.exec(select(Person.email).where(Person.slug == slug)).one() == kept


def test_who_serves_and_who_reads_their_own_see_addresses_in_full(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        slug = session.get_one(Person, shelf.world.member).slug
    assert "mira@example.org" in secretariat.get(f"/people/{slug}").text
