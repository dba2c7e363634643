"""`flask evaluate-detector --assistant` tells how the operator's model does, and what that took."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import Result

from tests.assistant.language_model import Server, fails, finds, language_model, passage, writes
from tests.texts import SAMPLE, SAMPLE_GOLD, sample_text
from tracker import create_app
from tracker.assistant import whole_texts
from tracker.assistant.answer_check import ReadingContext
from tracker.assistant.call_faults import FIRST_WAIT, ChatFault
from tracker.assistant.transcript_parts import speeches_of
from tracker.transcripts.reading.turns import turns

LABELLED = [json.loads(line) for line in SAMPLE_GOLD.read_text(encoding="utf-8").splitlines()]
QUOTES = [sample_text()[row["start"] : row["end"]] for row in LABELLED]
CONTEXT = ReadingContext(sample_text(), speeches_of(sample_text(), turns(sample_text())))


@pytest.fixture
def server() -> Iterator[Server]:
    known = [passage(quote, kind=row["kind"]) for row, quote in zip(LABELLED, QUOTES, strict=True)]
    with language_model(finds(*known, passage("Nobody ever said these words here."))) as started:
        yield started


def ran(settings: dict[str, str], server: Server | None, **more: str) -> Result:
    environ = dict(settings)
    if server:
        environ |= {"ASSISTANT_URL": server.url, "ASSISTANT_MODEL": "small", "ASSISTANT_KEY": "sk-secret", **more}
    runner = create_app(environ).test_cli_runner()
    return runner.invoke(args=["evaluate-detector", str(SAMPLE_GOLD), str(SAMPLE), "--assistant"])


def test_precision_recall_tokens_and_cost_are_printed(settings: dict[str, str], server: Server) -> None:
    result = ran(settings, server, ASSISTANT_PRICES="0.50 1.50 USD")
    assert result.exit_code == 0
    figures = re.findall(r"^(\w+) +precision (\S+)  recall (\S+)  F1 (\S+)", result.stdout, re.MULTILINE)
    assert [name for name, *_ in figures] == ["detector", "assistant", "together"]
    assert figures[1] == ("assistant", "1.000", "1.000", "1.000")
    parts = len(server.requests)
    assert f"tokens {1200 * parts} sent, {80 * parts} answered  dropped " in result.stdout
    assert re.search(r"cost \d\.\d{4} USD$", result.stdout.strip())
    assert f"words go to {server.setting.host} (small) in {parts} parts" in result.stderr
    assert "sk-secret" not in result.stdout + result.stderr


def test_without_a_server_nothing_is_measured(settings: dict[str, str]) -> None:
    result = ran(settings, None)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "ASSISTANT_URL" in result.stderr


def test_a_server_that_refuses_ends_the_command_with_what_to_do(settings: dict[str, str], server: Server) -> None:
    server.answers = [fails(401)]
    result = ran(settings, server)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "does not accept the key" in result.stderr


def whole(server: Server, **more: Any) -> tuple[whole_texts.WholeReading, list[float]]:
    waited: list[float] = []
    reading = whole_texts.read_whole(CONTEXT, server.setting, wait=waited.append, hear=lambda *_: None, **more)
    return reading, waited


def test_what_may_pass_is_tried_again_as_in_the_queue(server: Server) -> None:
    server.answers = [fails(503), writes("Sorry."), server.answers[0]]
    reading, waited = whole(server)
    assert waited == [FIRST_WAIT.total_seconds(), 4 * FIRST_WAIT.total_seconds()]
    assert len(reading.candidates) == len(QUOTES)


def test_what_does_not_pass_ends_after_three_tries(server: Server) -> None:
    server.answers = [writes("Sorry.")]
    with pytest.raises(ChatFault):
        whole(server)
    assert len(server.requests) == 3
