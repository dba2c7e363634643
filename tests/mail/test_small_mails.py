"""The mails beside digest and notice: how they read, in other languages and with what hostile people type."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.mail.expected import assert_email_as_expected
from tests.web.pseudo import speaking
from tracker import create_app
from tracker.answers.choices import MailAnswer
from tracker.digests.body_parts import Register
from tracker.mail import compose_email
from tracker.mail.compose_email import Email, compose
from tracker.people.models import Frequency

BOARD = Register("Library Board", "library-board", "")
SITE = "https://follow.example.org"
TOKEN = "t" * 30
ITEM = {"register": BOARD, "reader": "Ana Silva", "number": 3, "title": "Publish the list of rapporteurs"}
#: what each mail is made of
MAILS: dict[str, dict[str, Any]] = {
    "sign_in": {"link": f"{SITE}/sign-in/{TOKEN}", "hours": 2},
    "answer_link": {
        **ITEM,
        "links": [(choice, f"{SITE}/a/{TOKEN}/{choice}") for choice in (MailAnswer.IN_PROGRESS, MailAnswer.DONE)],
        "page": f"{SITE}/a/{TOKEN}",
    },
    "test": {},
    "receipt": {**ITEM, "answer": "done", "note": "It is on the page.", "undo": f"{SITE}/a/undo/{TOKEN}"},
    "invitation": {
        "called": "Ana Silva",
        "body": "Library Board",
        "secretary": "Sara Lind",
        "days": 14,
        "frequency": Frequency.WEEKLY,
        "link": f"{SITE}/sign-in/{TOKEN}",
        "again": f"{SITE}/sign-in",
    },
    "handover": {
        "leaver": "Ben Ng",
        "secretary": "Sara Lind",
        "body": "Library Board",
        "last_day": date(2012, 12, 31),
        "count": 1,
        "link": f"{SITE}/handovers/1",
        "items": [(3, "Publish the list of rapporteurs")],
        "begins": None,
        "note": "You know the names.",
    },
}
HOSTILE = "<img src=x onerror=alert(1)> {{ 7 * 7 }} %(num)d\r\nBcc: eve@example.net http://evil.example/"


@pytest.fixture
def site(settings: dict[str, str]) -> Iterator[Flask]:
    app = create_app({**settings, "BASE_URL": SITE})
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        yield app
    app.extensions["sessions"].engine.dispose()


def written(name: str, **values: Any) -> Email:
    return compose(name, to="ana@example.org", **{**MAILS[name], **values})


@pytest.mark.parametrize("name", ["sign_in", "test"])
def test_the_mail_reads_as_expected(site: Flask, name: str) -> None:
    assert_email_as_expected(name, written(name))


@pytest.mark.parametrize("name", MAILS)
def test_every_link_leads_to_the_address_of_the_settings(site: Flask, name: str) -> None:
    email = written(name)
    assert set(re.findall(r"https?://[^/\s<\"]+", email.text + email.html)) == {SITE}


@pytest.mark.parametrize(("name", "field"), [("receipt", "title"), ("receipt", "note"), ("handover", "note")])
def test_what_people_type_stays_text(site: Flask, name: str, field: str) -> None:
    email = written(name, **{field: HOSTILE})
    assert "<img" not in email.html
    assert 'href="http://evil' not in email.html
    assert "{{ 7 * 7 }} %(num)d" in email.text
    assert "\n" not in email.subject


@pytest.mark.parametrize("name", MAILS)
def test_a_language_from_right_to_left_with_long_words(site: Flask, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose_email, "LANGUAGES", ("ar",))
    with speaking(site, "ar"):
        email = written(name, language="ar")
    assert '<html lang="ar" dir="rtl">' in email.html
    # Nothing in the layout is bound to one side.
    assert not re.search(r"(margin|padding|border)-(left|right)|float:|text-align:(left|right)", email.html)
    # All that is not somebody's own word is said in that language.
    assert email.subject.startswith("⟦")
    assert email.html.count("⟦") >= 2
