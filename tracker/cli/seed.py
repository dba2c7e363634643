"""`flask seed`: the first items of a register, from a file."""

from collections import Counter
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import Session

from tracker import clock
from tracker.cli.refusal import refusing
from tracker.config import Config
from tracker.db import Sessions
from tracker.people.queries import registers
from tracker.seed.load_seed import load
from tracker.seed.remove_sample import was_removed
from tracker.seed.seed_run import SeedRun
from tracker.seed.start_empty import begin_example, was_emptied

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "tracker/seed/sample/seed.yaml"
#: the project's own items, then the sample of another body
OWN_SEEDS = (ROOT / "seed_actions.yaml", SAMPLE)


@click.command("seed")
@with_appcontext
@click.argument("file", required=False, type=click.Path(path_type=Path))
def seed(file: Path | None) -> None:
    """Load FILE, or the project's own seeds; what is there already is left as it is."""
    sessions: Sessions = current_app.extensions["sessions"]
    config: Config = current_app.extensions["config"]
    for path in [file] if file else [path for path in OWN_SEEDS if path.exists()]:
        with refusing(), sessions.writing() as session:
            if config.clock is not None:
                clock.start_at(session, config.clock)
                session.flush()
            if file is None and _was_removed(session, path):
                click.echo(f"{path.name}: removed here, so not loaded again", err=True)
                continue
            is_first = not registers(session)
            added = load(session, path, now=clock.now(session))
            if file is None and is_first:
                begin_example(session, registers(session)[0], by=SeedRun.by, now=clock.now(session))
        click.echo(f"{path.name}: {_summary(added)}", err=True)


def _was_removed(session: Session, path: Path) -> bool:
    """Tell whether somebody has removed what the file would bring back: the sample, or all of the example."""
    return was_emptied(session) or (path == SAMPLE and was_removed(session))


def _summary(added: Counter[str]) -> str:
    """Return how many of each kind are new."""
    return ", ".join(f"{kind} {number}" for kind, number in added.items() if number) or "nothing new"


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(seed)
