"""The flask commands: output for programs is JSON Lines, messages go to standard error, a refusal exits with 2."""

from flask import Flask

from tracker.cli import (
    backup,
    item_files,
    load_people,
    operate,
    reports,
    scheduler,
    seed,
    serve,
    sign_in,
    train,
    transcripts,
)


def register(app: Flask) -> None:
    """Add all commands to the application."""
    every = (backup, item_files, load_people, operate, reports, scheduler, seed, serve, sign_in, train, transcripts)
    for commands in every:
        commands.register(app)
