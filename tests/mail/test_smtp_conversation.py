"""Conversations with real relays: every way in which handing over one message can end."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import trustme

from tests.mail.relays import Inbox, Relay, ScriptedRelay
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import Letter, Letterhead
from tracker.mail.smtp_conversation import Conversation, RelayAddress, stuffed

LETTERHEAD = Letterhead("Intersession <follow@igf.example.org>")
BRIEF = Durations(
    connect=timedelta(seconds=2),
    command=timedelta(seconds=2),
    before_body=timedelta(seconds=4),
    after_dot=timedelta(seconds=4),
)
HASTY = Durations(
    connect=timedelta(seconds=1),
    command=timedelta(seconds=0.2),
    before_body=timedelta(seconds=1),
    after_dot=timedelta(seconds=0.2),
)
MESSAGE = b"Subject: x\r\n\r\n.leading dot\r\nend"
ANA = "ana@example.org"
LETTER = Letter("digest.2012-11-12.ab", ANA, MESSAGE)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as made:
        yield made


def talk(url: str, durations: Durations = BRIEF) -> Conversation:
    return Conversation(RelayAddress.parse(url), LETTERHEAD, durations)


def offer(url: str, durations: Durations = BRIEF) -> DeliveryOutcome:
    conversation = talk(url, durations)
    outcome = conversation.hand_over(LETTER, lambda: True)
    conversation.close()
    return outcome


def offer_scripted(durations: Durations = BRIEF, **script: str | None) -> DeliveryOutcome:
    with ScriptedRelay(script) as scripted:
        return offer(f"smtp://127.0.0.1:{scripted.port}", durations)


def test_a_message_arrives_byte_for_byte(relay: Relay) -> None:
    assert offer(relay.url).fate is DeliveryFate.SENT
    assert relay.inbox.taken == [(ANA, MESSAGE + b"\r\n")]


def test_one_connection_carries_many_messages(relay: Relay) -> None:
    conversation = talk(relay.url)
    fates = [
        conversation.hand_over(replace(LETTER, to=f"p{number}@example.org"), lambda: True).fate for number in range(5)
    ]
    conversation.close()
    assert fates == [DeliveryFate.SENT] * 5
    assert len(relay.inbox.taken) == 5


def test_the_final_dot_does_not_wait_for_the_body_to_be_acknowledged(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[socket.socket] = []
    connect = socket.create_connection

    def kept(*where: Any, **how: Any) -> socket.socket:
        connected.append(connect(*where, **how))
        return connected[-1]

    monkeypatch.setattr(socket, "create_connection", kept)
    conversation = talk(relay.url)
    conversation.hand_over(LETTER, lambda: True)
    [line] = connected
    assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
    conversation.close()


def test_a_connection_the_relay_closed_meanwhile_is_made_again() -> None:
    answers = iter(["250 OK", None, "250 OK"])
    with Relay(Inbox(sender=lambda _: next(answers))) as relay:
        conversation = talk(relay.url)
        fates = [conversation.hand_over(LETTER, lambda: True).fate for _ in range(2)]
        conversation.close()
    assert fates == [DeliveryFate.SENT, DeliveryFate.SENT]


@pytest.mark.parametrize(("answer", "resets"), [("250 OK", 0), ("550 no such mailbox", 2)])
def test_the_relay_is_told_to_begin_anew_only_after_a_message_that_it_did_not_take(answer: str, resets: int) -> None:
    with ScriptedRelay({"RCPT": answer}) as scripted:
        conversation = talk(f"smtp://127.0.0.1:{scripted.port}")
        for _ in range(3):
            conversation.hand_over(LETTER, lambda: True)
        conversation.close()
    assert [line.upper() for line in scripted.lines].count("RSET") == resets


def test_what_the_relay_says_to_quit_does_not_matter() -> None:
    assert offer_scripted(QUIT="500 no").fate is DeliveryFate.SENT
    assert offer_scripted(QUIT=None).fate is DeliveryFate.SENT


@pytest.mark.parametrize(
    "script",
    [
        {"GREETING": "421 busy"},
        {"GREETING": "554 go away"},
        {"GREETING": None},
        {"EHLO": "500 what", "HELO": "500 what"},
        {"EHLO": None},
        {"MAIL": "550 not you"},
        {"MAIL": "451 later"},
        {"MAIL": None},
    ],
    ids=str,
)
def test_before_the_recipient_it_is_the_relay_s_fault(script: dict[str, str | None]) -> None:
    assert offer_scripted(**script).fate is DeliveryFate.RELAY_FAILED


def test_nobody_at_that_port_is_the_relay_s_fault() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # taken, but nobody listens
        outcome = offer(f"smtp://127.0.0.1:{bound.getsockname()[1]}")
    assert (outcome.fate, outcome.needs_person) == (DeliveryFate.RELAY_FAILED, False)
    assert "refused" in outcome.text


def test_a_host_without_an_address_is_the_relay_s_fault() -> None:
    assert offer("smtp://nowhere.invalid:25?starttls=no").fate is DeliveryFate.RELAY_FAILED


@pytest.mark.parametrize(
    ("script", "fate"),
    [
        ({"RCPT": "450 4.2.2 full"}, DeliveryFate.POSTPONED),
        ({"RCPT": "421 closing"}, DeliveryFate.POSTPONED),
        ({"RCPT": "550 5.1.1 nobody"}, DeliveryFate.ADDRESS_REFUSED),
        ({"RCPT": None}, DeliveryFate.BROKEN_OFF),
        ({"DATA": "451 later"}, DeliveryFate.POSTPONED),
        ({"DATA": "554 no"}, DeliveryFate.CONTENT_REFUSED),
        ({"DATA": None}, DeliveryFate.BROKEN_OFF),
        ({"DATA": "250 odd"}, DeliveryFate.POSTPONED),
        ({"DOT": "451 greylisted"}, DeliveryFate.POSTPONED),
        ({"DOT": "554 spam"}, DeliveryFate.CONTENT_REFUSED),
        ({"DOT": None}, DeliveryFate.AMBIGUOUS),
        ({"DOT": "nonsense"}, DeliveryFate.AMBIGUOUS),
        ({"DOT": "250 " + "x" * 9000}, DeliveryFate.AMBIGUOUS),
    ],
    ids=str,
)
def test_each_answer_has_its_fate(script: dict[str, str | None], fate: DeliveryFate) -> None:
    assert offer_scripted(**script).fate is fate


def test_the_relay_s_words_are_kept() -> None:
    assert offer_scripted(RCPT="550 5.1.1 no such\tuser") == DeliveryOutcome(
        DeliveryFate.ADDRESS_REFUSED, 550, "5.1.1 no such user"
    )


@pytest.mark.parametrize(
    ("silent", "fate"),
    [
        ("GREETING", DeliveryFate.RELAY_FAILED),
        ("EHLO", DeliveryFate.RELAY_FAILED),
        ("MAIL", DeliveryFate.RELAY_FAILED),
        ("RCPT", DeliveryFate.BROKEN_OFF),
        ("DATA", DeliveryFate.BROKEN_OFF),
        ("DOT", DeliveryFate.AMBIGUOUS),
    ],
)
def test_silence_is_not_waited_for_without_end(silent: str, fate: DeliveryFate) -> None:
    assert offer_scripted(HASTY, **{silent: ""}).fate is fate


def test_a_broken_body_was_not_delivered() -> None:
    with ScriptedRelay({"BODY": None}) as scripted:
        conversation = talk(f"smtp://127.0.0.1:{scripted.port}")
        outcome = conversation.hand_over(Letter("long", ANA, b"x\r\n" * 3_000_000), lambda: True)
    assert outcome.fate is DeliveryFate.BROKEN_OFF


def test_nothing_of_the_message_leaves_without_leave() -> None:
    with ScriptedRelay({}) as scripted:
        outcome = talk(f"smtp://127.0.0.1:{scripted.port}").hand_over(LETTER, lambda: False)
    assert outcome.fate is DeliveryFate.LEASE_LOST
    assert scripted.lines[-1] == "DATA"


def test_leave_is_asked_when_the_relay_waits_for_the_body() -> None:
    seen: list[str] = []
    with ScriptedRelay({}) as scripted:
        talk(f"smtp://127.0.0.1:{scripted.port}").hand_over(LETTER, lambda: bool(seen.append(scripted.lines[-1])))
    assert seen == ["DATA"]


def test_a_certificate_nobody_vouches_for_needs_a_person(authority: trustme.CA) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with ScriptedRelay({}, tls=context) as scripted:
        outcome = offer(f"smtps://localhost:{scripted.port}")
    assert (outcome.fate, outcome.needs_person) == (DeliveryFate.RELAY_FAILED, True)


def test_a_trusted_certificate_is_taken(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with authority.cert_pem.tempfile() as trusted, ScriptedRelay({}, tls=context) as scripted:
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        assert offer(f"smtps://localhost:{scripted.port}").fate is DeliveryFate.SENT


def test_starttls_comes_before_the_message(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with authority.cert_pem.tempfile() as trusted, Relay(tls_context=context, require_starttls=True) as relay:
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        assert offer(f"smtp://localhost:{relay.port}?starttls=yes").fate is DeliveryFate.SENT
        assert offer(f"smtp://localhost:{relay.port}").fate is DeliveryFate.RELAY_FAILED


def test_a_wrong_password_needs_a_person() -> None:
    with ScriptedRelay({"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"}) as scripted:
        outcome = offer(f"smtp://ana:wrong@127.0.0.1:{scripted.port}")
    assert (outcome.fate, outcome.code, outcome.needs_person) == (DeliveryFate.RELAY_FAILED, 535, True)


@pytest.mark.parametrize("user", ["", "ana:secret@"])
def test_nothing_is_sent_in_the_clear_where_encryption_is_wanted(relay: Relay, user: str) -> None:
    outcome = offer(f"smtp://{user}127.0.0.1:{relay.port}?starttls=yes")
    assert (outcome.fate, outcome.needs_person) == (DeliveryFate.RELAY_FAILED, True)
    assert "starttls=no" in outcome.text
    assert relay.inbox.taken == []


@pytest.mark.parametrize(
    "script",
    [
        {},
        {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "235 welcome"},
        {"EHLO": "500 what"},
        {"EHLO": "250-here\r\n250 STARTTLS", "STARTTLS": "454 not now"},
        {"EHLO": "250-here\r\n250 STARTTLS", "STARTTLS": "250 as you like"},
        {"EHLO": "250-here\r\n250 XSTARTTLS"},
    ],
    ids=str,
)
def test_no_answer_of_a_relay_brings_a_message_or_a_password_into_the_clear(script: dict[str, str | None]) -> None:
    with ScriptedRelay(script) as scripted:
        outcome = offer(f"smtp://ana:secret@127.0.0.1:{scripted.port}?starttls=yes")
    assert outcome.fate is DeliveryFate.RELAY_FAILED
    assert {line.split()[0] for line in scripted.lines} <= {"ehlo", "helo", "STARTTLS"}


def test_in_the_clear_goes_what_the_setting_lets_go(relay: Relay) -> None:
    assert [offer(f"{relay.url}{wish}").fate for wish in ("", "?starttls=no")] == [DeliveryFate.SENT] * 2


@pytest.mark.parametrize(
    ("url", "is_wanted"),
    [
        ("smtp://relay.example.org", True),
        ("smtp://relay.example.org?starttls=no", False),
        ("smtp://127.0.0.1.example.org", True),
        ("smtp://localhost.example.org", True),
        ("smtp://10.0.0.1", True),
        ("smtp://0.0.0.0", True),
        ("smtp://localhost", False),
        ("smtp://LOCALHOST", False),
        ("smtp://127.0.1.1", False),
        ("smtp://[::1]", False),
        ("smtp://[::ffff:127.0.0.1]", False),
        ("smtp://[2001:db8::1]", True),
        ("smtp://localhost?starttls=yes", True),
        ("smtp://localhost?starttls=maybe", True),
    ],
)
def test_encryption_is_wanted_unless_the_relay_is_here_or_the_setting_says_no(url: str, is_wanted: bool) -> None:
    assert RelayAddress.parse(url).starttls is is_wanted


def test_the_setting_is_read_with_its_escapes_and_usual_port() -> None:
    relay = RelayAddress.parse("smtps://ana%40x:p%3Aq@mail.example.org")
    assert (relay.user, relay.password, relay.port) == ("ana@x", "p:q", 465)


def test_leading_dots_are_doubled_and_the_end_is_a_line() -> None:
    assert stuffed(b".\r\n..a\r\nb.c") == b"..\r\n...a\r\nb.c\r\n"


def test_an_inbox_counts_copies() -> None:
    inbox = Inbox(taken=[(ANA, b"Message-ID: <a@x>\r\n\r\n"), (ANA, b"Message-ID: <a@x>\r\n\r\n")])
    assert (inbox.copies()[ANA], inbox.message_ids(ANA)) == (2, {"<a@x>"})
