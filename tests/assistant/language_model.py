"""A server that answers as OpenAI-compatible servers do, or as broken and hostile ones do: our own, on a free port."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tracker.config import AssistantServer, TokenPrices

USAGE = {"prompt_tokens": 1200, "completion_tokens": 80, "total_tokens": 1280}
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """Where it is asked, what it was asked so far, and the answers that it gives in turn: the last one for ever."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    #: what holds an answer back waits for this
    may_end: threading.Event = field(default_factory=threading.Event)

    @property
    def setting(self) -> AssistantServer:
        """The setting that leads here."""
        return AssistantServer(self.url, "small", "sk-secret", TokenPrices.parse("0.50 1.50 USD"))

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def turns(self, number: int = -1) -> list[dict[str, Any]]:
        """The turns that came with a request."""
        sent: list[dict[str, Any]] = json.loads(self.requests[number]["messages"][1]["content"])["turns"]
        return sent


@contextmanager
def language_model(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve these answers, on a port that is free, until the block ends."""
    server = Server("", list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            server.headers.append(dict(self.headers) | {"path": self.path})
            self.close_connection = True
            server.next_answer()(self)

        def log_message(self, *_args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    if tls:
        http.socket = tls.wrap_socket(http.socket, server_side=True)
        server.url = f"https://localhost:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.may_end.set()
        http.shutdown()
        http.server_close()
        thread.join()


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with these bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def writes(words: str, usage: Any = USAGE) -> Answer:
    """Answer in the usual envelope with what the model wrote."""
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return sends(json.dumps({"choices": [choice], "usage": usage}).encode(), Content_Type="application/json")


def finds(*passages: dict[str, Any], usage: Any = USAGE) -> Answer:
    """Answer with these passages."""
    return writes(json.dumps({"passages": list(passages)}), usage)


def passage(quote: str, **values: Any) -> dict[str, Any]:
    """One passage as a model writes it."""
    plain = {"kind": "recommendation", "speaker": None, "addressee": None, "due": None, "reported": False}
    return {"quote": quote, **plain, **values}


def fails(status: int, **headers: str) -> Answer:
    """Answer with an error that repeats the key, as some servers do."""
    return sends(b'{"error": {"message": "Incorrect API key provided: sk-secret"}}', status, **headers)


def dies(handler: BaseHTTPRequestHandler) -> None:
    """Break off in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "{')


def held_back(server: Server) -> Answer:
    """Answer with nothing until the test ends."""

    def answer(_handler: BaseHTTPRequestHandler) -> None:
        server.may_end.wait(60)

    return answer


def drips(server: Server) -> Answer:
    """Answer with one sign, and then keep the line open."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"{")
        handler.wfile.flush()
        server.may_end.wait(60)

    return answer
