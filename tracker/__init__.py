"""Intersession: recommendations and action items, followed up between meetings.

The folders follow the data, in this order: config errors clock db history_verbs history text tables sandbox
people mail meetings transcripts detector proposals items calendar agendas handovers updates exchange bulk search
wording answers digests reports triage assistant intake erasure seed jobs web cli. A module imports only from its own
folder and from those before it (tests/test_imports.py).
"""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from tracker import cli, web
from tracker.config import Config
from tracker.db import Sessions, make_engine

ROOT = Path(__file__).resolve().parent.parent


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """Return the application with these settings, by default those of the process's environment.

    Raises ConfigError with the name of a setting that cannot be used.
    """
    if environ is None:
        environ = os.environ
    config = Config.from_environment(environ, ROOT)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "tracker/web/static"))
    app.extensions["config"] = config
    app.extensions["sessions"] = Sessions(make_engine(config.database_url))
    web.register(app)
    cli.register(app)
    return app
