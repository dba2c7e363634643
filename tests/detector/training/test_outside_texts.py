"""Labelled texts from outside the project are read in each of their forms."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.detector.training.cross_validate import main
from tests.detector.training.outside_texts import LIST, OutsideSource, outside_sources

TALK = "MS OAK: The board should publish the list. It rained all day.\n\nMR ELM: I will mail it. Thank you.\n"
PASSAGES: list[dict[str, Any]] = [
    {"start": 8, "end": 42, "kind": "recommendation", "confidence": "clear"},
    {"start": 72, "end": 87, "kind": "commitment", "confidence": "clear"},
]
SENTENCES: list[dict[str, Any]] = [
    {"text": f"Sentence {number} is here.", "label": number % 2, "kind": "call"} for number in range(7)
]
ACTS: list[dict[str, Any]] = [
    {"meeting": meeting, "text": words, "act": act, "action": False, "decision": False}
    for meeting, words, act in [
        ("A", "we could try rubber", "sug"), ("A", "the case is grey", "inf"), ("A", "what about you", "el.inf"),
        ("B", "shall I draw it", "off"),
    ]
]  # fmt: skip


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_every_text_of_the_list_has_a_licence_and_somebody_to_name() -> None:
    assert all(row["licence"] and row["by"] and not row["text"].startswith("/") for row in json.loads(LIST.read_text()))


def test_sentences_without_their_meeting_get_neighbours(tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text(lines(SENTENCES), encoding="utf-8")
    text = OutsideSource(tmp_path, "s.jsonl", [], "MIT", "us", form="sentences").labelled_text()
    assert [text.text[one.start : one.end] for one in text.gold] == [row["text"] for row in SENTENCES if row["label"]]
    assert len(text.turns) == 2


def test_acts_know_their_neighbours_of_the_same_meeting(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(ACTS), encoding="utf-8")
    acts = list(OutsideSource(tmp_path, "a.jsonl", [], "CC BY 4.0", "others", form="acts").acts())
    assert [(act.kind, act.before != "", act.after != "") for act in acts] == [
        ("recommendation", False, True),
        (None, True, True),
        ("offer", False, False),
    ]


def test_of_a_text_with_every_sentence_labelled_only_these_count(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TALK, encoding="utf-8")
    rows: list[dict[str, Any]] = [
        {"start": 8, "end": 42, "label": 1, "kind": "call"},
        {"start": 43, "end": 61, "label": 0, "kind": None},
    ]
    (tmp_path / "t.jsonl").write_text(lines(rows), encoding="utf-8")
    text = OutsideSource(tmp_path, "t.txt", ["t.jsonl"], "MIT", "us", form="every sentence").labelled_text()
    assert (len(text.gold), len(text.only)) == (1, 2)


def test_a_text_is_measured_by_a_model_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "t.jsonl").write_text(lines(PASSAGES), encoding="utf-8")
    sources = [OutsideSource(tmp_path, "t.txt", ["t.jsonl"], "MIT", "us", blocks=2)]
    monkeypatch.setattr("tests.detector.training.cross_validate.outside_sources", lambda folder: sources)
    monkeypatch.setattr("tests.detector.training.cross_validate.own_examples", list)
    main([str(tmp_path), "--mistakes", "3"])
    printed = capsys.readouterr().out
    assert printed.startswith("t.txt")
    assert "F1" in printed


def test_sources_lie_below_the_folder_that_is_given(tmp_path: Path) -> None:
    assert {source.folder for source in outside_sources(tmp_path)} == {tmp_path}
