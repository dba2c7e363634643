"""The flask commands: output for programs is JSON Lines, messages go to standard error, a refusal exits with 2."""

from flask import Flask

from tracker.cli import load_people, operate, reports, scheduler, seed, serve, sign_in, transcripts


def register(app: Flask) -> None:
    """Add all commands to the application."""
    for commands in (load_people, operate, reports, scheduler, seed, serve, sign_in, transcripts):
        commands.register(app)
