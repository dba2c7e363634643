"""The application on a free port of this machine, and a real Chromium in front of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.browser.fonts import FONTS, drawn_with, families, is_there
from tests.browser.looking import press
from tests.serving import served
from tests.town import Town
from tests.town.addresses import every_page
from tests.web.world import World
from tracker.clock import real_now
from tracker.people import sessions
from tracker.people.models import Person

with suppress(ImportError):
    from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

Windows = dict[str | None, "Page"]
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

#: by what faketime shifts the clock of a process and of all that it starts
FALSE_TIME = {"LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED", "DONT_FAKE_MONOTONIC", "FAKETIME_DONT_FAKE_MONOTONIC"}


@pytest.fixture(scope="session")
def chromium_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], "Browser"]]:
    """A browser with a font of this name, one for all tests of this worker."""
    if "sync_playwright" not in globals():
        pytest.skip("playwright is not installed")
    with ExitStack() as running:
        with in_true_time():
            playwright = running.enter_context(sync_playwright())

        @cache
        def launched(font: str) -> "Browser":
            return _launch(playwright, font, tmp_path_factory.mktemp("fonts"))

        yield launched


@contextmanager
def in_true_time() -> Iterator[None]:
    """Let what is started meanwhile live by the machine's clock: a false one makes Chromium wait for ever."""
    kept = {name: os.environ.pop(name) for name in FALSE_TIME if name in os.environ}
    yield
    os.environ.update(kept)


def _launch(playwright: "Playwright", font: str, folder: Path) -> "Browser":
    if not is_there(font):
        pytest.skip(f"no font {families(font)[0]}")
    path = CHROMIUM if Path(CHROMIUM).exists() else None
    environ: dict[str, str | float | bool] = {**drawn_with(font, folder)}
    for name in FALSE_TIME & environ.keys():
        del environ[name]
    try:
        return playwright.chromium.launch(executable_path=path, args=FLAGS, env=environ)
    except Error as error:
        pytest.skip(f"no Chromium at {CHROMIUM} (set CHROMIUM): {error.message.splitlines()[0]}")


@pytest.fixture(scope="session")
def chromium(chromium_with: Callable[[str], "Browser"]) -> "Browser":
    """A browser for all tests of this worker, with the same font on every machine."""
    return chromium_with(FONTS[0])


@pytest.fixture
def site(app: Flask, world: World) -> Iterator[str]:
    """The address at which the application is served for this test."""
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def windows_with(chromium_with: Callable[[str], "Browser"], town: Town) -> Iterator[Callable[[str], Windows]]:
    """A window on the town for each of its readers, and for a stranger, drawn with a font of this name."""
    names = {page.reader for page in every_page(town)}
    with served(town.app) as address:

        @cache
        def opened(font: str) -> Windows:
            return {name: _window(chromium_with(font), address, town, name) for name in names}

        yield opened


@pytest.fixture(scope="session")
def windows(windows_with: Callable[[str], Windows]) -> Windows:
    """A window on the town for each of its readers, and for a stranger."""
    return windows_with(FONTS[0])


def _window(chromium: "Browser", address: str, town: Town, name: str | None) -> "Page":
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    if name:
        with town.app.extensions["sessions"].writing() as session:
            person = session.get_one(Person, getattr(town.world, name))
            link = sessions.make_link(session, person, now=real_now())
        page.goto(f"/sign-in/{link}")
        press(page.get_by_role("main").get_by_role("button", name="Sign in"))
    return page


@pytest.fixture
def open_page(chromium_with: Callable[[str], "Browser"], site: str) -> Iterator[Callable[..., "Page"]]:
    """Open a page in a browser of its own: open_page("/sign-in", width=360, theme="dark")."""
    contexts = []

    def opened(
        path: str, *, width: int = 1280, theme: str = "light", script: bool = True, font: str = FONTS[0]
    ) -> "Page":
        context = chromium_with(font).new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def link_for(app: Flask) -> Callable[[int], str]:
    """Return the path of a sign-in link for a person."""

    def made(person_id: int) -> str:
        with app.extensions["sessions"].writing() as session:
            return "/sign-in/" + sessions.make_link(session, session.get_one(Person, person_id), now=real_now())

    return made


@pytest.fixture
def open_as(open_page: Callable[..., "Page"], link_for: Callable[[int], str]) -> Callable[..., "Page"]:
    """Open a page as that person: open_as(world.member, "/account", width=360)."""

    def opened(person_id: int, path: str, **options: object) -> "Page":
        page = open_page(link_for(person_id), **options)
        press(page.get_by_role("main").get_by_role("button", name="Sign in"))
        page.goto(path)
        return page

    return opened
