"""`flask train-detector` says what it learned, and whether it was kept."""

import pytest
from click.testing import Result
from flask import Flask

from tests.factories import make_register
from tracker.cli import train_detector
from tracker.people.models import Body
from tracker.proposals.models import TrainedDetector
from tracker.triage.decision_examples import Lesson
from tracker.triage.detector_learning import Learned


@pytest.fixture
def board(app: Flask) -> int:
    with app.extensions["sessions"].writing() as session:
        made: Body = make_register(session)
        return made.id


def ran(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["train-detector", *words])


def kept(app: Flask, board: int) -> int | None:
    with app.extensions["sessions"].reader() as session:
        row = session.get(TrainedDetector, board)
        return row and row.decisions


def let_learn(monkeypatch: pytest.MonkeyPatch, before: float, after: float) -> None:
    monkeypatch.setattr(train_detector, "lessons", lambda *_: [Lesson("We should.", "", "call")] * 40)
    learned = Learned("{}", 40, 8, before, after)
    monkeypatch.setattr(train_detector.detector_learning, "learn", lambda _lessons: learned)


@pytest.mark.usefixtures("board")
def test_too_few_decisions_end_with_status_2_and_what_is_needed(app: Flask) -> None:
    result = ran(app)
    assert (result.exit_code, result.stderr) == (2, "Only 0 passages have been decided: decide at least 30.\n")


def test_what_does_better_is_kept(app: Flask, board: int, monkeypatch: pytest.MonkeyPatch) -> None:
    let_learn(monkeypatch, 0.7, 0.8)
    assert "of 8 held aside 70% were foreseen before, 80% now" in ran(app).stderr
    assert kept(app, board) == 40


def test_what_does_worse_is_not(app: Flask, board: int, monkeypatch: pytest.MonkeyPatch) -> None:
    let_learn(monkeypatch, 0.8, 0.7)
    assert "nothing was kept" in ran(app).stderr
    assert kept(app, board) is None


def test_it_can_be_forgotten(app: Flask, board: int, monkeypatch: pytest.MonkeyPatch) -> None:
    let_learn(monkeypatch, 0.7, 0.8)
    ran(app)
    assert "again the one that comes with the project" in ran(app, "--forget").stderr
    assert kept(app, board) is None
    assert "Nothing has been learned" in ran(app, "--forget").stderr


@pytest.mark.usefixtures("board")
def test_an_unknown_register_is_named_with_those_there_are(app: Flask) -> None:
    assert "Choose --body from" in ran(app, "--body", "nobody").stderr
