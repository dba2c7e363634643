"""Expected mails are files that people read; UPDATE_EXPECTED=1 writes them anew, for a person to judge the diff."""

import os
import re
from pathlib import Path

from tracker.digests.unsubscribe import without_tokens
from tracker.mail.compose_email import Email

FOLDER = Path(__file__).parents[1] / "expected"
SIGN_IN = re.compile(r"(?<=/sign-in/)[\w-]{20,}")


def assert_as_expected(name: str, text: str) -> None:
    """Compare the text with tests/expected/NAME."""
    path = FOLDER / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def assert_mail_as_expected(name: str, subject: str, text: str | None, html: str | None) -> None:
    """Compare a mail with tests/expected/NAME.txt, which begins with the subject, and NAME.html; tokens are masked."""
    for ending, part in (("txt", f"{subject}\n\n{text}"), ("html", html or "")):
        assert_as_expected(f"{name}.{ending}", SIGN_IN.sub("…", without_tokens(part)).rstrip("\n") + "\n")


def assert_email_as_expected(name: str, email: Email) -> None:
    """Compare a mail that is not queued."""
    assert_mail_as_expected(name, email.subject, email.text, email.html)
