"""What goes over the wire: headers that cannot be forged, bytes that any relay takes."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.mail.compose_email import Email, one_line
from tracker.mail.message_bytes import BadAddressError, Letterhead, build

DATE = datetime(2012, 11, 12, 8, 0, tzinfo=UTC)
LETTERHEAD = Letterhead("Intersession <follow@igf.example.org>")
#: as long as mail servers allow: 64 signs before the @
LONG_ADDRESS = f"reply+{'k' * 58}@a-rather-long-name-of-a-machine.follow-up.example.org"
POISON = [
    "Keep an archive\r\nBcc: eve@example.net",
    "Keep an archive\nBcc: eve@example.net",
    "Keep\rBcc: eve@example.net",
    "Keep\x0bBcc: eve@example.net",
    "Keep\x85Bcc: eve@example.net",
    "Keep\u2028Bcc: eve@example.net",
    "Keep\u2029Bcc: eve@example.net",
    "Keep\x00an archive",
    "\u202eevihcra",
    "\ud800 half a sign",
    "=?utf-8?q?Bcc:_eve=40example.net?=",
    "=?utf-8?b?" + "A" * 300,
    # The standard library decodes these while it writes them, line ends and all.
    "=?utf-8?q?=0D=0ABcc:_eve=40example.net?=",
    "=?utf-8?q?Keep=0ABcc:_eve=40example.net?= é",
    "=?utf-8?b?DQpCY2M6IGV2ZUBleGFtcGxlLm5ldA0KDQpIaQ==?= " + "x" * 80,
    # It forgets the quotes of a name that has a long word, so that it becomes addresses.
    "Eve <eve@example.net>, " + "x" * 80,
    'Eve" <eve@example.net>, ' + "\\" + "x" * 80 + "é",
    "x" * 5000,
    "档案" * 400,
    "\x1b]0;title\x07",
    "",
]


def sent(subject: str = "Two overdue", **values: str) -> EmailMessage:
    email = Email(**{"to": "ana@example.org", "subject": subject, "text": "Text\n", "html": "<p>Text</p>\n", **values})
    raw = build(email, LETTERHEAD, message_id="digest.2012-11-12.ab", date=DATE)
    parsed = message_from_bytes(raw, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_message_says_who_when_and_that_a_machine_wrote_it() -> None:
    message = sent()
    assert message["Message-ID"] == "<digest.2012-11-12.ab@igf.example.org>"
    assert message["Date"] == "Mon, 12 Nov 2012 08:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_digest_can_be_ended_with_one_click() -> None:
    message = sent(unsubscribe="https://x.example/u/t")
    assert message["List-Unsubscribe"] == "<https://x.example/u/t>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_message_comes_in_the_name_of_its_body() -> None:
    message = sent(sender_name="Internet Governance Forum")
    assert message["From"] == "Internet Governance Forum <follow@igf.example.org>"
    assert sent()["From"] == "Intersession <follow@igf.example.org>"


def test_a_message_names_its_list_and_where_replies_go() -> None:
    message = sent(list_id="digest.igf", reply_to=LONG_ADDRESS)
    assert message["List-Id"] == "<digest.igf.igf.example.org>"
    assert message["Reply-To"] == LONG_ADDRESS
    assert (sent()["List-Id"], sent()["Reply-To"]) == (None, None)


@pytest.mark.parametrize("poison", POISON)
@pytest.mark.parametrize("field", ["sender_name", "list_id"])
def test_a_poisoned_name_makes_no_header(field: str, poison: str) -> None:
    message = sent(**{field: poison})
    assert (message["Bcc"], message["Precedence"]) == (None, None)
    [sender] = message["From"].addresses
    assert sender.addr_spec == "follow@igf.example.org"
    if field == "sender_name":
        # The parser of the standard library puts blanks between the encoded words of a name.
        assert "".join(sender.display_name.split()) == (one_line(poison).replace(" ", "") or "Intersession")


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_title_makes_a_subject_and_no_header(poison: str) -> None:
    message = sent(subject=poison)
    assert message["Bcc"] is None
    assert message["Subject"] == one_line(poison)
    assert message["To"] == "ana@example.org"


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_title_does_no_harm_in_the_body(poison: str) -> None:
    message = sent(text=f"{poison}\n", html=f"<p>{poison}</p>")
    assert message.get_body(("plain",)) is not None
    assert message["Bcc"] is None


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_subject_breaks_a_message(subject: str) -> None:
    headers = [name for name, _ in sent(subject=subject).items()]
    assert sorted(headers) == sorted(set(headers))


def test_other_scripts_arrive_whole() -> None:
    message = sent(subject="两项逾期 · просрочено", text="تأخر\n")
    assert message["Subject"] == "两项逾期 · просрочено"
    assert message.get_body(("plain",)).get_content().strip() == "تأخر"  # type: ignore[union-attr]


def test_a_long_address_for_leaving_stays_whole() -> None:
    url = "https://a-rather-long-name-of-a-machine.follow-up.example.org/b/library/unsubscribe/" + "t" * 80
    email = Email("ana@example.org", "s", "t", "h", unsubscribe=url)
    raw = build(email, LETTERHEAD, message_id="m", date=DATE)
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in raw


@pytest.mark.parametrize("raw", [sent(subject="档案" * 400).as_bytes(), sent(text="é" * 3000 + "\n").as_bytes()])
def test_every_line_is_ascii_and_short_enough(raw: bytes) -> None:
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998


def test_no_line_ends_in_a_bare_line_feed() -> None:
    raw = build(Email("ana@example.org", "é" * 90, "x" * 300, "é" * 300), LETTERHEAD, message_id="m", date=DATE)
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize("field", ["to", "reply_to"])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b\r\nBcc: eve@x.org",
        "ana@example.org, eve@x.org",
        "añ@example.org",
        "<ana@example.org",
        "a b@example.org",
        "@",
        "a@@b",
        "ana@example.org\x00",
    ],
)
def test_what_is_no_address_gets_no_message(address: str, field: str) -> None:
    with pytest.raises(BadAddressError):
        sent(**{field: address})


def test_a_domain_in_another_script_travels_in_its_ascii_form() -> None:
    assert sent(to="ana@exämple.org")["To"] == "ana@xn--exmple-cua.org"
