"""Browsers of everybody whom the access table tells apart, on one small world."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.plugins.compiled_once import TEMPLATES
from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker import create_app


@pytest.fixture
def any_app(any_url: str, settings: dict[str, str]) -> Iterator[Flask]:
    """The application on either kind of database: the test runs twice."""
    made = create_app({**settings, "DATABASE_URL": any_url})
    made.config["TESTING"] = True
    made.jinja_env.bytecode_cache = TEMPLATES
    made.extensions["reading_room"].patience = 60.0
    made.extensions["file_room"].patience = 60.0
    yield made
    made.extensions["sessions"].engine.dispose()


@pytest.fixture
def visitor(app: Flask, world: World) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app)


@pytest.fixture
def member(app: Flask, world: World) -> Browser:
    """Mira, member of the Library Board."""
    return Browser(app, world.member)


@pytest.fixture
def secretariat(app: Flask, world: World) -> Browser:
    """Sara, secretariat of the Library Board."""
    return Browser(app, world.secretariat)


@pytest.fixture
def rapporteur(app: Flask, world: World) -> Browser:
    """Rafa, who may triage."""
    return Browser(app, world.rapporteur)


@pytest.fixture
def chair(app: Flask, world: World) -> Browser:
    """Chen, chair of the Library Board."""
    return Browser(app, world.chair)


@pytest.fixture
def operator(app: Flask, world: World) -> Browser:
    """Olga, who runs the installation and serves nowhere."""
    return Browser(app, world.operator)


@pytest.fixture
def stranger_member(app: Flask, world: World) -> Browser:
    """Pia, member of another body only."""
    return Browser(app, world.stranger_member)


@pytest.fixture
def shelf(app: Flask, world: World) -> Shelf:
    """The Library Board's items."""
    return Shelf(app, world)
