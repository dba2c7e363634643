"""Seconds from opening a link of a mail to a saved answer, in a browser of a telephone's size.

    .venv/bin/python -m tests.bench.answering

It needs Playwright and a Chromium (`CHROMIUM` names it). Lines are emulated by the browser: round trip and bits a
second. What a person takes to read is not in it; the page wants one press.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from tests.serving import served
from tests.web.answers.mailbox import MailBox
from tests.web.shelf import Shelf
from tests.web.world import make_world
from tracker import create_app
from tracker.cli.migrate import migrate_database

#: milliseconds of a round trip, and kilobits a second, down and up
LINES = {"this machine": None, "4G": (170, 9_000), "slow 3G": (400, 400), "2G": (800, 150)}
TIMES = 5


@contextmanager
def installation() -> Iterator[Flask]:
    """Give an application with the small world in it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite", "VAR_DIR": f"{folder}/var", "SECRET_KEY": "x"}
        app = create_app(settings)
        migrate_database(app.extensions["sessions"])
        yield app
        app.extensions["sessions"].engine.dispose()


def slow_down(page: Page, line: tuple[int, int] | None) -> None:
    """Let the page's network be that line."""
    if line is None:
        return
    wait, speed = line
    bytes_a_second = speed * 1000 / 8
    conditions = {"offline": False, "latency": wait, "downloadThroughput": bytes_a_second}
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {**conditions, "uploadThroughput": bytes_a_second}
    )


def measure(page: Page, path: str) -> tuple[float, float]:
    """Return the seconds until the page is there, and until the answer is saved."""
    began = perf_counter()
    page.goto(path)
    opened = perf_counter()
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("button", name="Undo my answer").wait_for()
    return opened - began, perf_counter() - began


def main() -> int:
    """Print a line for each kind of network."""
    with installation() as app, sync_playwright() as playwright, served(app) as address:
        mailbox = MailBox(app, Shelf(app, make_world(app.extensions["sessions"])))
        chromium = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, line in LINES.items():
            seconds = []
            for _ in range(TIMES):
                page = browser.new_page(base_url=address, viewport={"width": 360, "height": 640})
                slow_down(page, line)
                seconds.append(measure(page, mailbox.link(mailbox.owned(), "in-progress")))
                page.close()
            opened, saved = (median(values) for values in zip(*seconds, strict=True))
            print(f"{name:14} page there after {opened:5.2f} s, answer saved after {saved:5.2f} s")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
