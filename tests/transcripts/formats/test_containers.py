"""Whatever a session is written down in, its turns come out: who spoke, what was said, and when."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.transcripts.containers.documents import teams_docx
from tests.transcripts.containers.gold import CONTAINERS, f1, found, told
from tests.transcripts.containers.session import SESSION

TIMED = ["Teams VTT", "Zoom VTT", "captioner's SRT", "rolling VTT", "Teams DOCX", "timed DOCX", "JSON monologues"]
REACHED = 0.99


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_turn_comes_out_with_its_label_and_words(name: str) -> None:
    make, gold = CONTAINERS[name]
    heard = told(*found(make()))
    assert f1(heard, gold) >= REACHED, heard


@pytest.mark.parametrize("name", TIMED)
def test_every_turn_keeps_when_it_was_said(name: str) -> None:
    turns, _ = found(CONTAINERS[name][0]())
    assert [turn.said_at for turn in turns] == [speech.seconds[0] for speech in SESSION]


def test_a_wrong_label_or_word_counts_against() -> None:
    assert f1([("A", "one"), ("B", "two")], [("A", "one"), ("B", "three")]) == 0.5


def test_the_command_prints_the_same_turns(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "call.bin").write_bytes(teams_docx())
    ran = app.test_cli_runner().invoke(args=["turns", str(tmp_path / "call.bin")])
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(row["label"], row["said_at"]) for row in rows] == [(one.speaker, one.seconds[0]) for one in SESSION]
