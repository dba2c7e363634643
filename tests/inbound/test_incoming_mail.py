"""A mail as it comes in: whatever somebody sends, reading it ends soon and is a value."""

import random
from email.message import EmailMessage

import pytest

from tracker.inbound.incoming_mail import MOST_BYTES, MOST_CHARACTERS, read_mail


def mail(text: str = "done", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "Ana <ana@example.org>", "To": "reply@example.org", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bounce(status: str = "5.1.1", name: str = "digest.2012-11-12.abc@example.org") -> bytes:
    """A delivery report as mail servers write it."""
    return (
        "From: MAILER-DAEMON@mx.example.net\r\nTo: follow@example.org\r\nMessage-ID: <report@mx.example.net>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nCould not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: rfc822; ana@example.org\r\nAction: failed\r\nStatus: {status}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{name}>\r\nTo: ana@example.org\r\n--b--\r\n"
    ).encode()


def test_a_reply_is_read() -> None:
    read = read_mail(mail("done\n", Message_ID="<x@example.org>", Cc="Reply <reply+abc@example.org>"))
    assert (read.name, read.sender, read.text.strip()) == ("x@example.org", "ana@example.org", "done")
    assert read.recipients == ("reply@example.org", "reply+abc@example.org")
    assert (read.is_automatic, read.bounce) == (False, None)


def test_html_alone_is_read_as_lines_without_what_it_quotes() -> None:
    message = EmailMessage()
    message["From"] = "ana@example.org"
    page = "<style>p {}</style><body><div>done &amp; sent</div><p>all<br>of it</p><blockquote>old</blockquote>"
    message.set_content(page, subtype="html")
    assert read_mail(message.as_bytes()).text.split() == ["done", "&", "sent", "all", "of", "it"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; x=y"),
        ("X-Autoreply", "yes"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "bulk"),
        ("Precedence", "auto_reply"),
        ("List-Id", "<list.example.org>"),
        ("Return-Path", "<>"),
        ("From", "MAILER-DAEMON@example.org"),
        ("From", "no-reply@example.org"),
        ("From", "nobody at all"),
    ],
)
def test_what_a_program_writes_is_known(name: str, value: str) -> None:
    assert read_mail(mail(**{name.replace("-", "_"): value})).is_automatic


@pytest.mark.parametrize("value", ["no", "No", ""])
def test_who_says_that_a_person_wrote_is_believed(value: str) -> None:
    assert not read_mail(b"Auto-Submitted: " + value.encode() + b"\r\n" + mail()).is_automatic


def test_a_bounce_says_which_address_failed_and_which_mail() -> None:
    read = read_mail(bounce())
    assert read.bounce
    assert (read.bounce.status, read.bounce.addresses) == ("5.1.1", ("ana@example.org",))
    assert read.bounce.message_ids == ("digest.2012-11-12.abc@example.org",)
    assert read.is_automatic


HOSTILE = {
    "nothing": b"",
    "noise": random.Random(7).randbytes(300_000),
    "thirty megabytes": mail("done") + b"x" * 30_000_000,
    "nested parts": b"From: a@b\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
    + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 6000,
    "brackets": b"From: " + b"(" * 200_000 + b"\r\nTo: " + b"<" * 40_000 + b"\r\n\r\nx",
    "recipients": b"To: " + b"a@b," * 60_000 + b"\r\n\r\nx",
    "headers": b"X: y\r\n" * 40_000 + b"\r\nx",
    "styles": b"Content-Type: text/html\r\n\r\n" + b"<style" * 40_000,
    "tags": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000,
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\ndone",
    "broken charset": b'Content-Type: text/plain; charset="\x00\r\n\r\ndone',
    "broken base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n====",
    "encoded words": b"From: =?utf-8?q?" + b"=00" * 5000 + b"?= <a@[1\r\n\r\nx",
    "endless report": b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    + b"Final-Recipient: a;" * 12_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_within_limits(raw: bytes) -> None:
    read = read_mail(raw)
    assert len(read.text) <= MOST_CHARACTERS
    assert len(read.name) < 2001


def test_only_the_beginning_is_read() -> None:
    start = mail("done")
    assert read_mail(start + b"x" * MOST_BYTES).text.startswith("done")


@pytest.mark.parametrize("charset", ["us-ascii", "utf-7", "unicode_escape", "raw_unicode_escape", "punycode"])
def test_what_a_database_refuses_is_left_out(charset: str) -> None:
    head = b"From: a\0na@example.org\r\nTo: r\0eply@example.org\r\nMessage-ID: <x\0y@example.org>\r\n"
    raw = head + b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\ndone\0 +2AA- \\ud800"
    read = read_mail(raw)
    bad = [sign for sign in f"{read.name} {read.sender} {read.recipients} {read.text}" if is_unwritable(sign)]
    assert (bad, read.text[:4]) == ([], "done")


def is_unwritable(sign: str) -> bool:
    """Tell whether PostgreSQL, or UTF-8, has no such sign."""
    return sign == "\0" or "\ud800" <= sign <= "\udfff"


def test_a_report_names_messages_that_a_database_can_look_for() -> None:
    report = read_mail(bounce(name="digest\0.abc@example.org")).bounce
    assert report
    assert report.message_ids == ()
