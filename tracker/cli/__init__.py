"""The flask commands: output for programs is JSON Lines, messages go to standard error, a refusal exits with 2.

A file is imported when one of its commands is asked for: the server has no use for most of them.
"""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

#: the file of each
COMMANDS = {
    "backup": "backup",
    "restore": "backup",
    "export-erasures": "erasures",
    "export-items": "item_files",
    "load-items": "item_files",
    "load-people": "load_people",
    "migrate": "migrate",
    "receive-mail": "receive_mail",
    "report": "reports",
    "run-job": "scheduler",
    "scheduler": "scheduler",
    "send-test-mail": "scheduler",
    "seed": "seed",
    "serve": "serve",
    "sign-in": "sign_in",
    "train-detector": "train_detector",
    "evaluate-detector": "transcripts",
    "import-transcript": "transcripts",
    "proposals": "transcripts",
    "text": "transcripts",
    "turns": "transcripts",
}


class Commands(AppGroup):
    """The commands of the application."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self.app = app

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all."""
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name in COMMANDS:
            import_module(f"tracker.cli.{COMMANDS[cmd_name]}").register(self.app)
        return super().get_command(ctx, cmd_name)


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli = Commands(app)
