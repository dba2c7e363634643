"""Somebody saves while others hold the database: the answer is 503, nothing is lost of what was typed, never 500."""

import logging
import sqlite3
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask_wtf import FlaskForm
from sqlmodel import select
from werkzeug.test import TestResponse
from wtforms import PasswordField

from tests.factories import make_item
from tests.web.browsing import Browser
from tests.web.world import World, make_world
from tracker import db
from tracker.items.models import Item
from tracker.people.models import Body
from tracker.web.app.busy_database import every_form, password_labels

NOTE = "It was printed <twice>.\r\n\r\nThe town has paid for both & more."


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for others for more than a moment."""
    monkeypatch.setattr(db, "LONGEST_WAIT", 0.05)


@pytest.fixture
def item(app: Flask, world: World) -> int:
    with app.extensions["sessions"].writing() as session:
        return make_item(session, session.get_one(Body, world.register)).number


@pytest.fixture
def others(app: Flask, world: World) -> Iterator[sqlite3.Connection]:
    """Another process, which may begin to write."""
    path = app.extensions["sessions"].engine.url.database
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def fields(answer: TestResponse) -> dict[str, Any]:
    [form] = lxml.html.fromstring(answer.text).forms
    return dict(form.fields)


def plain(values: dict[str, Any]) -> dict[str, str]:
    """Values as they are compared: a text field begins a line of its own."""
    return {name: (value or "").replace("\r\n", "\n").strip() for name, value in values.items()}


def test_a_busy_database_is_answered_503_with_what_was_typed(
    secretariat: Browser, item: int, others: sqlite3.Connection
) -> None:
    others.execute("BEGIN IMMEDIATE")
    sent = {"title": "Print the map", "text": NOTE, "kind": "call", "version": "1"}
    answer = secretariat.post(f"/items/{item}/edit?back=/items", sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert plain(fields(answer)).items() >= plain(sent).items()
    assert lxml.html.fromstring(answer.text).forms[0].action == f"/items/{item}/edit?back=/items"


def test_what_was_kept_can_be_sent_again(secretariat: Browser, item: int, others: sqlite3.Connection) -> None:
    forms = lxml.html.fromstring(secretariat.get(f"/items/{item}/update").text).forms
    [sent] = [dict(form.fields) for form in forms if "note" in form.fields]
    sent = {name: value for name, value in sent.items() if value is not None}
    others.execute("BEGIN IMMEDIATE")
    answer = secretariat.post(f"/items/{item}/update", sent | {"note": NOTE})
    others.execute("ROLLBACK")
    assert secretariat.client.post(f"/items/{item}/update", data=fields(answer)).status_code == 302
    assert "The town has paid for both" in secretariat.get(f"/items/{item}").text


@pytest.mark.parametrize("path", ["/nowhere", "/items/99/edit"])
def test_a_page_that_is_not_there_is_said_to_be_missing_even_then(
    secretariat: Browser, others: sqlite3.Connection, path: str
) -> None:
    others.execute("BEGIN IMMEDIATE")
    assert secretariat.post(path).status_code in (404, 503)


def test_a_session_in_use_is_not_noted_at_the_cost_of_reading(
    secretariat: Browser, app: Flask, others: sqlite3.Connection
) -> None:
    others.execute("UPDATE sign_in_session SET seen_at = datetime('now', '-11 minutes')")
    others.execute("BEGIN IMMEDIATE")
    assert secretariat.get("/items").status_code == 200


@pytest.mark.parametrize("path", ["/", "/items", "/triage"])
def test_who_only_reads_waits_for_nobody(secretariat: Browser, others: sqlite3.Connection, path: str) -> None:
    others.execute("BEGIN IMMEDIATE")
    assert secretariat.get(path).status_code in (200, 302)


def test_no_password_is_written_into_a_page(visitor: Browser, others: sqlite3.Connection) -> None:
    others.execute("BEGIN IMMEDIATE")
    answer = visitor.post("/sign-in/password", {"email": "mira@example.org", "password": "correct horse"})
    assert answer.status_code == 503
    assert "correct horse" not in answer.text


def test_no_password_of_the_account_is_written_into_a_page(secretariat: Browser, others: sqlite3.Connection) -> None:
    sent = {"current": "my old passphrase is rather long", "new": "shortnewsecret", "csrf_token": secretariat.token}
    others.execute("BEGIN IMMEDIATE")
    answer = secretariat.client.post("/account/password", data=sent)
    assert answer.status_code == 503
    assert not [value for name, value in sent.items() if name != "csrf_token" and value in answer.text]
    [form] = lxml.html.fromstring(answer.text).forms
    assert [form.inputs[name].type for name in ("current", "new")] == ["password", "password"]


def _password_fields(form: type[FlaskForm]) -> list[str]:
    return [name for name in dir(form) if getattr(getattr(form, name), "field_class", None) is PasswordField]


def test_no_password_of_any_form_is_written_into_a_page(visitor: Browser, others: sqlite3.Connection) -> None:
    forms = {form: _password_fields(form) for form in every_form()}
    secrets = {name: f"secret {name} of more than thirty letters" for names in forms.values() for name in names}
    assert {"PasswordForm", "NewPasswordForm"} <= {form.__name__ for form, names in forms.items() if names}
    others.execute("BEGIN IMMEDIATE")
    answer = visitor.post("/sign-in/password", {"email": "mira@example.org", "password": "x"} | secrets)
    assert answer.status_code == 503
    assert [name for name, secret in secrets.items() if secret in answer.text] == []


def test_a_password_of_a_form_made_of_another_is_found(app: Flask) -> None:
    class WithSecret(FlaskForm):
        passphrase_of_tests = PasswordField("Passphrase of tests")

    class MadeOfIt(WithSecret):
        pass

    assert password_labels()["passphrase_of_tests"] == "Passphrase of tests"


def test_a_busy_database_is_no_failure_of_ours(
    secretariat: Browser, item: int, others: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    others.execute("BEGIN IMMEDIATE")
    assert secretariat.post(f"/items/{item}/update", {"note": NOTE}).status_code == 503
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.postgresql
@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
def test_a_row_that_another_transaction_holds_is_a_busy_database(any_app: Flask) -> None:
    sessions = any_app.extensions["sessions"]
    world = make_world(sessions)
    with sessions.writing() as session:
        number = make_item(session, session.get_one(Body, world.register)).number
    secretariat = Browser(any_app, world.secretariat)
    with sessions.writer() as holding:
        holding.exec(select(Item.id).with_for_update()).all()
        answer = secretariat.post(f"/items/{number}/edit", {"title": "Print", "kind": "call", "version": "1"})
    assert answer.status_code == 503
