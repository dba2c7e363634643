"""`flask train-detector`: teaches the detector from the decisions of a register's people."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.cli.refusal import refusing
from tracker.db import Sessions
from tracker.history import Actor, ChangeWay
from tracker.people.queries import register_called
from tracker.proposals.models import TrainedDetector
from tracker.triage import detector_learning
from tracker.triage.decision_examples import lessons


@click.command("train-detector")
@with_appcontext
@click.option("--body", help="The register, by its slug; else the installation's own.")
@click.option("--forget", is_flag=True, help="Go back to the detector that comes with the project.")
def train_detector(body: str | None, *, forget: bool) -> None:
    """Teach the detector from the decisions of triage; kept if it does no worse on decisions held aside."""
    sessions: Sessions = current_app.extensions["sessions"]
    with refusing():
        if forget:
            click.echo(_forget(sessions, body), err=True)
            return
        with sessions.reader() as session:
            register = register_called(session, body).id
            taught = lessons(session, register)
        learned = detector_learning.learn(taught)
        click.echo(
            f"{learned.decisions} decisions; of {learned.aside} held aside {learned.before:.0%} were foreseen before,"
            f" {learned.after:.0%} now.",
            err=True,
        )
        if not learned.is_better:
            click.echo(
                "It does worse than before, so nothing was kept. Decide more passages, then try again.", err=True
            )
            return
        with sessions.writing() as session:
            by = Actor(None, ChangeWay.COMMAND_LINE)
            detector_learning.keep(session, register, learned, by=by, now=clock.now(session))
    click.echo("It reads the transcripts that you import from now on. To go back, use --forget.", err=True)


def _forget(sessions: Sessions, body: str | None) -> str:
    with sessions.writing() as session:
        trained = session.get(TrainedDetector, register_called(session, body).id)
        if trained is None:
            return "Nothing has been learned: the detector is the one that comes with the project."
        detector_learning.forget(session, trained, by=Actor(None, ChangeWay.COMMAND_LINE), now=clock.now(session))
    return "The detector is again the one that comes with the project."


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(train_detector)
