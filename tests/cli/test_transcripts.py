"""The commands that read a transcript print JSON Lines that programs can rely on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.factories import make_meeting, make_register
from tests.texts import SAMPLE, SAMPLE_GOLD, baku_text, sample_text

CALENDAR = str(SAMPLE.parent / "seed.yaml")


def ran(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def rows(app: Flask, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran(app, *words).stdout.splitlines()]


def test_the_text_is_what_offsets_count_in(app: Flask) -> None:
    assert ran(app, "text", str(SAMPLE)).stdout_bytes == SAMPLE.read_bytes()


def test_turns_have_exactly_the_keys_that_were_promised(app: Flask) -> None:
    turn = rows(app, "turns", str(SAMPLE))[0]
    assert list(turn) == ["seq", "label", "speaker", "start", "end", "text"]
    assert turn["text"] == sample_text()[turn["start"] : turn["end"]]


def test_known_people_name_the_speakers(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("name\nLeïla Harrakh\n", encoding="utf-8")
    turns = rows(app, "turns", str(SAMPLE), "--people", str(tmp_path / "p.csv"))
    assert {turn["speaker"] for turn in turns if turn["label"] == "MS HARRAK"} == {"Leïla Harrakh"}


def test_proposals_have_exactly_the_keys_that_were_promised(app: Flask) -> None:
    found = rows(app, "proposals", str(SAMPLE), "--milestones", CALENDAR)
    assert list(found[0]) == [
        "id", "start", "end", "quote", "label", "speaker", "kind", "addressee", "due_hint", "milestone",
        "title", "score", "refers_to", "result",
    ]  # fmt: skip
    assert all(one["quote"] == sample_text()[one["start"] : one["end"]] for one in found)


def test_doubtful_passages_are_printed_when_asked_for_and_marked(app: Flask) -> None:
    clear = rows(app, "proposals", str(SAMPLE))
    both = rows(app, "proposals", str(SAMPLE), "--doubtful")
    assert len(both) > len(clear)
    assert [one["quote"] for one in both if one["clear"]] == [one["quote"] for one in clear]


def test_a_second_look_gives_another_score_to_what_was_in_doubt(app: Flask, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("MS OAK: We could mend the gate.\n\nMR ELM: ACTION: Ben to mail the list.\n", encoding="utf-8")
    found = rows(app, "proposals", str(talk), "--doubtful", "--second-look")
    assert [one["second_score"] == one["score"] for one in found] == [one["score"] >= 0.9 for one in found]
    assert any(one["score"] < 0.9 for one in found)
    talk.write_text("CHAIR: You have the floor.\n\nMS OAK: We could mend the gate.\n", encoding="utf-8")
    assert all(one["second_score"] == one["score"] for one in rows(app, "proposals", str(talk), "--second-look"))


def test_all_prints_every_part_with_its_score(app: Flask) -> None:
    parts = rows(app, "proposals", str(SAMPLE), "--all")
    assert list(parts[0]) == ["start", "end", "quote", "kind", "score"]
    assert len(parts) > len(rows(app, "proposals", str(SAMPLE), "--doubtful"))
    assert all(0 <= part["score"] <= 1 for part in parts)


def test_what_a_passage_refers_to_stands_on_an_earlier_line(app: Flask) -> None:
    found = rows(app, "proposals", str(SAMPLE))
    places = {one["id"]: place for place, one in enumerate(found)}
    referring = [(place, places[earlier]) for place, one in enumerate(found) for earlier in one["refers_to"]]
    assert referring
    assert all(earlier < place for place, earlier in referring)


def test_the_days_meaning_comes_from_the_calendar(app: Flask) -> None:
    found = rows(app, "proposals", str(SAMPLE), "--milestones", CALENDAR)
    later = rows(app, "proposals", str(SAMPLE), "--milestones", CALENDAR, "--held-on", "2014-03-01")
    assert {"january-board-2013", "autumn-hearing-2013", "none"} == {one["milestone"] for one in found}
    assert "january-board-2013" not in {one["milestone"] for one in later}


def test_the_detector_is_held_against_labelled_passages(app: Flask) -> None:
    result = ran(app, "evaluate-detector", str(SAMPLE_GOLD), str(SAMPLE), "--milestones", CALENDAR)
    assert result.stdout.startswith("precision ")
    assert "F1" in result.stdout


@pytest.mark.parametrize("command", ["text", "turns", "proposals"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"%PDF-1.4", b"a\0b"])
def test_a_bad_file_ends_with_2_and_one_line(app: Flask, tmp_path: Path, command: str, content: bytes | None) -> None:
    file = tmp_path / "bad.txt"
    if content is not None:
        file.write_bytes(content)
    result = ran(app, command, str(file))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("text", ["no json", '{"start": 1}', "[]"])
def test_bad_labels_end_with_2_and_one_line(app: Flask, tmp_path: Path, text: str) -> None:
    (tmp_path / "gold.jsonl").write_text(text, encoding="utf-8")
    result = ran(app, "evaluate-detector", str(tmp_path / "gold.jsonl"), str(SAMPLE))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.transcript
def test_the_baku_text_is_printed_untouched(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "baku.txt").write_text(baku_text(), encoding="utf-8", newline="")
    assert ran(app, "text", str(tmp_path / "baku.txt")).stdout_bytes.decode() == baku_text()


def seeded(app: Flask, tmp_path: Path) -> Path:
    """The sample without its session, and a session to import."""
    seed = (SAMPLE.parent / "seed.yaml").read_text(encoding="utf-8")
    (tmp_path / "seed.yaml").write_text(re.sub(r", file: \w+\.txt", "", seed), encoding="utf-8")
    assert ran(app, "seed", str(tmp_path / "seed.yaml")).exit_code == 0
    return SAMPLE


def test_a_file_is_imported_once_and_covered_items_are_told(app: Flask, tmp_path: Path) -> None:
    file = str(seeded(app, tmp_path))
    first = ran(app, "import-transcript", file, "--meeting", "autumn-hearing-2012")
    second = ran(app, "import-transcript", file, "--meeting", "autumn-hearing-2012")
    assert first.exit_code == 0
    assert "28 turns" in first.stderr
    assert "covered by items already" in first.stderr
    assert (second.exit_code, second.stderr) == (2, "This very file is there already, as version 1.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--meeting", "nope"], "There is no meeting “nope”"),
        (["--meeting", "autumn-hearing-2012", "--body", "nobody"], "There is no meeting"),
    ],
)
def test_an_unknown_meeting_ends_with_2(app: Flask, tmp_path: Path, words: list[str], said: str) -> None:
    result = ran(app, "import-transcript", str(seeded(app, tmp_path)), *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_meeting_that_two_bodies_have_is_chosen_by_its_body(app: Flask, tmp_path: Path) -> None:
    file = str(seeded(app, tmp_path))
    with app.extensions["sessions"].writing() as session:
        make_meeting(session, make_register(session, slug="second"), slug="autumn-hearing-2012")
    result = ran(app, "import-transcript", file, "--meeting", "autumn-hearing-2012")
    said = "Several bodies have a meeting “autumn-hearing-2012”. Choose one with --body.\n"
    assert (result.exit_code, result.stderr) == (2, said)
    assert ran(app, "import-transcript", file, "--meeting", "autumn-hearing-2012", "--body", "second").exit_code == 0


def test_a_program_is_not_imported_whatever_it_holds(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "setup.exe"
    file.write_bytes(seeded(app, tmp_path).read_bytes())
    result = ran(app, "import-transcript", str(file), "--meeting", "autumn-hearing-2012")
    assert (result.exit_code, "This is a program, not a transcript" in result.stderr) == (2, True)
