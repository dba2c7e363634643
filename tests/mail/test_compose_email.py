"""A mail is a value: what compose() makes of templates and values."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tracker import create_app
from tracker.mail.compose_email import Email, compose, one_line


@pytest.fixture
def email(app: Flask) -> Iterator[Email]:
    with app.app_context():
        yield compose("test", to="ana@example.org")


def test_a_mail_has_its_address_one_line_of_subject_and_two_bodies(email: Email) -> None:
    assert (email.to, email.subject) == ("ana@example.org", "A test mail from Intersession")
    assert email.text.startswith("This mail shows that")
    assert email.html.startswith("<!DOCTYPE html>")


def test_a_mail_program_that_drops_the_style_sheet_still_sets_it_well(email: Email) -> None:
    bare = re.sub(r"<style.*?</style>", "", email.html, flags=re.DOTALL)
    assert re.search(r"<body style=\"[^\"]*background:#faf7f0", bare)
    assert "max-width:38em" in bare


def test_what_depends_on_the_screen_wins_over_the_style_at_the_element(email: Email) -> None:
    [sheet] = re.findall(r"<style[^>]*>(.*?)</style>", email.html, flags=re.DOTALL)
    values = re.findall(r"[a-z-]+: [^;{}()]+;", sheet)
    assert len(values) > 8
    assert [value for value in values if not value.endswith("!important;")] == []


def test_links_begin_with_localhost_where_no_address_is_set(email: Email) -> None:
    assert "http://localhost:8000/" in email.text


def test_links_begin_with_the_address_of_the_settings(settings: dict[str, str]) -> None:
    app = create_app({**settings, "BASE_URL": "https://follow.example.org/"})
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        email = compose("test", to="ana@example.org")
    assert 'href="https://follow.example.org/"' in email.html
    assert "evil" not in email.html + email.text
    app.extensions["sessions"].engine.dispose()


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\x00", "\x0b", "\x85", "\u2028", "\u2029", "\u202e", "\ud800"])
def test_a_control_sign_becomes_a_blank_in_a_line(sign: str) -> None:
    assert one_line(f"Keep{sign}an  archive ") == "Keep an archive"
