"""One call: the words go to one place only; whatever the server does ends soon in a message that says what to do."""

import json
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from tests.assistant.language_model import (
    USAGE,
    Answer,
    Server,
    dies,
    drips,
    fails,
    finds,
    held_back,
    language_model,
    sends,
    writes,
)
from tracker.assistant import call_faults, chat_server
from tracker.assistant.call_faults import CallCutShort, ChatFault
from tracker.assistant.chat_server import MOST_BYTES, ask
from tracker.config import AssistantServer

ASKED = [{"role": "system", "content": "Read."}, {"role": "user", "content": "{}"}]
SOON = 0.3


@pytest.fixture
def server() -> Iterator[Server]:
    with language_model(finds()) as started:
        yield started


def fault_of(server: Server, *answers: Answer, seconds: float = 20.0) -> ChatFault:
    server.answers = list(answers)
    with pytest.raises(ChatFault) as fault:
        ask(server.setting, ASKED, seconds=seconds)
    return fault.value


def test_a_call_asks_the_model_with_the_key_and_brings_what_it_wrote(server: Server) -> None:
    server.answers = [writes("Good.")]
    reply = ask(server.setting, ASKED)
    assert (reply.words, reply.tokens_sent, reply.tokens_answered) == ("Good.", 1200, 80)
    assert server.requests == [{"model": "small", "messages": ASKED, "stream": False}]
    [headers] = server.headers
    assert (headers["path"], headers["Authorization"]) == ("/v1/chat/completions", "Bearer sk-secret")


def test_without_a_key_none_is_sent(server: Server) -> None:
    ask(AssistantServer(server.url, "small"), ASKED)
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("status", "message", "may_pass"),
    [
        (400, "does not accept the request (HTTP 400)", False),
        (401, "does not accept the key", False),
        (403, "does not accept the key", False),
        (404, "does not know this address or model", False),
        (413, "does not accept the request (HTTP 413)", False),
        (408, "failed (HTTP 408)", True),
        (429, "too many requests", True),
        (500, "failed (HTTP 500)", True),
        (503, "failed (HTTP 503)", True),
        (204, "does not accept the request (HTTP 204)", False),
    ],
)
def test_a_status_says_what_to_do(server: Server, status: int, message: str, may_pass: bool) -> None:
    fault = fault_of(server, fails(status))
    assert message in str(fault)
    assert fault.may_pass is may_pass


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: Server, status: int) -> None:
    with language_model(finds()) as elsewhere:
        fault = fault_of(server, sends(b"", status, Location=f"{elsewhere.url}/chat/completions"))
        assert (fault.why, elsewhere.requests) == (call_faults.REDIRECTED, [])


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        ("7", timedelta(seconds=7)), ("9" * 5_000, timedelta(seconds=10**6)), ("soon", None), ("-1", None), ("²", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Mon, 99 Nov 2099 25:00:00 GMT", None), ("Mon, 09 Nov 2009 08:00:00 GMT", timedelta(0)),
    ],
)  # fmt: skip
def test_a_busy_server_says_when_to_come_back(server: Server, after: str, wait: timedelta | None) -> None:
    assert fault_of(server, fails(429, Retry_After=after)).wait == wait


def test_a_busy_server_may_name_the_moment(server: Server) -> None:
    moment = datetime.now(UTC) + timedelta(hours=2)
    wait = fault_of(server, fails(503, Retry_After=format_datetime(moment, usegmt=True))).wait
    assert wait is not None
    assert timedelta(minutes=118) < wait < timedelta(hours=2)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<!DOCTYPE html><html><body>Sign in</body></html>", b"[]", b"null", b"7", b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}', b'{"choices": [{"message": {"content": ["a"]}}]}',
        b'{"choices": {"0": 1}}', b'{"choices": [{"message": ', b"[" * 100_000, b"\xff\xfe\x00", b"9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_refused(server: Server, body: bytes) -> None:
    assert fault_of(server, sends(body)).why is call_faults.NO_CHAT


def test_ten_megabytes_are_not_read(server: Server) -> None:
    fault = fault_of(server, writes("x" * 10_000_000))
    assert (fault.why, fault.may_pass) == (call_faults.TOO_LONG, False)
    server.answers = [writes("x" * (MOST_BYTES - 1_000))]
    assert len(ask(server.setting, ASKED).words) == MOST_BYTES - 1_000


@pytest.mark.parametrize(
    "usage", [None, [], "many", {"prompt_tokens": -1}, {"prompt_tokens": True}, {"prompt_tokens": 10**12}]
)
def test_counts_that_cannot_be_believed_are_none(server: Server, usage: object) -> None:
    server.answers = [writes("Good.", usage)]
    reply = ask(server.setting, ASKED)
    assert (reply.tokens_sent, reply.tokens_answered) == (None, None)


def test_a_server_that_dies_midway_may_do_better_later(server: Server) -> None:
    assert fault_of(server, dies).may_pass
    assert fault_of(server, sends(b'{"choices": [{"message": ')).may_pass


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ChatFault) as fault:
        ask(AssistantServer(f"http://127.0.0.1:{port}/v1", "small"), ASKED)
    assert (fault.value.why, fault.value.may_pass) == (call_faults.UNREACHABLE, True)


@pytest.mark.parametrize("slow", [held_back, drips])
def test_a_slow_server_is_not_waited_for(server: Server, slow: Callable[[Server], Answer]) -> None:
    fault = fault_of(server, slow(server), seconds=SOON)
    assert (fault.why, fault.may_pass) == (call_faults.TOO_SLOW, True)


@pytest.mark.parametrize("slow", [held_back, drips])
def test_a_process_that_has_to_end_does_not_wait_for_an_answer(
    server: Server, slow: Callable[[Server], Answer]
) -> None:
    server.answers = [slow(server)]
    ending = threading.Event()
    ending.set()
    with pytest.raises(CallCutShort):
        ask(server.setting, ASKED, has_to_end=ending.is_set)


def of_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def test_an_encrypted_line_to_a_server_that_is_known_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "own.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    with language_model(writes("Good."), tls=of_tls(authority)) as server:
        assert server.url.startswith("https://localhost:")
        assert ask(server.setting, ASKED).words == "Good."


def test_a_certificate_of_nobody_known_is_not_accepted() -> None:
    context = of_tls(trustme.CA())
    fault = fault_of_line(lambda listener: greet(listener, context))
    assert (fault.why, fault.may_pass) == (call_faults.BAD_CERTIFICATE, False)


def test_a_server_that_never_ends_its_greeting_is_not_waited_for() -> None:
    ended = threading.Event()

    def say_nothing(listener: socket.socket) -> None:
        with listener.accept()[0] as line:
            line.sendall(b"\x16")
            ended.wait(60)

    fault = fault_of_line(say_nothing, ended, seconds=SOON)
    assert (fault.why, fault.may_pass) == (call_faults.TOO_SLOW, True)


def fault_of_line(
    behave: Callable[[socket.socket], None], ended: threading.Event | None = None, seconds: float = 20.0
) -> ChatFault:
    """Ask, over TLS, whatever listens and behaves so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=behave, args=(listener,), daemon=True)
        server.start()
        url = f"https://localhost:{listener.getsockname()[1]}/v1"
        with pytest.raises(ChatFault) as fault:
            ask(AssistantServer(url, "small"), ASKED, seconds=seconds)
        (ended or threading.Event()).set()
        server.join()
    return fault.value


def greet(listener: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError):  # as it should be: the client hangs up
        context.wrap_socket(connection, server_side=True)


@pytest.mark.parametrize("status", [200, 401, 500])
def test_neither_key_nor_words_of_the_server_are_shown_or_logged(
    server: Server, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    fault = fault_of(server, fails(status))
    assert "sk-secret" not in "".join([str(fault), repr(fault), str(fault.why.values), caplog.text])
    assert fault.__cause__ is None


def test_no_proxy_of_the_environment_gets_the_words(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert ask(server.setting, ASKED).tokens_sent == USAGE["prompt_tokens"]


def test_words_of_any_language_arrive_as_they_were(server: Server) -> None:
    words = "Предлагаю — 我们建议 \u2028 “quoted” \x00"
    ask(server.setting, [{"role": "user", "content": words}])
    assert server.requests[-1]["messages"][0]["content"] == words
    assert json.loads(json.dumps(words)) == words


def test_no_call_outlives_a_lease() -> None:
    assert chat_server.CONNECT_SECONDS < chat_server.CALL_SECONDS < 600
