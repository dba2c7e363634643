"""Takes the pictures of docs/pictures/: pages of the filled sample in a real Chromium, at two widths.

`make pictures` runs it. The clock stands still and the font is named, so that a picture changes only with its page.
"""

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlmodel import col, select

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.fonts import FONTS, drawn_with, is_there
from tests.browser.looking import press
from tests.serving import served
from tracker import create_app
from tracker.cli.migrate import migrate_database
from tracker.clock import ClockSetting, real_now
from tracker.digests.models import Digest
from tracker.mail.models import Outgoing
from tracker.people.models import Person
from tracker.people.sessions import make_link
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Transcript

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
SEED = ROOT / "tracker" / "seed" / "sample" / "seed.yaml"
#: who looks: the sample's secretariat
READER = "tomas@example.org"
#: the Monday after the sample's hearing, on which its first digests go out
MOMENT = datetime.fromisoformat("2012-11-12T09:00+01:00")
#: of a laptop and of a telephone
SIZES = ((1280, 900), (360, 740))
FONT = FONTS[1]
#: letters with their soft edges need no more, and a picture of so few takes a quarter of the space
COLOURS = 128
#: what a scheduler would have done by then; a second look is one transcript's
JOBS = ("compare", "second-look", "second-look", "digests", "delivery")
PAGES = {
    "my-page": "/",
    "items": "/items",
    "item": "/items/10",
    "triage": "/triage",
    "passage": "/triage/{passage}",
    "meeting": "/meetings/autumn-hearing-2012",
    "transcript": "/transcripts/{transcript}",
    "milestones": "/milestones",
    "agenda": "/milestones/january-board-2013/agenda",
    "report": "/reports/january-board-2013",
    "search": "/search?q=gauges",
    "digest": "/digests/{digest}/as-mail",
}
#: pages for whoever has no account, or is not signed in
OPEN_PAGES = {"public": "/", "answer": "{answer}"}


@dataclass(frozen=True)
class Studio:
    """A browser before the served sample."""

    app: Flask
    browser: Browser
    address: str
    folder: Path

    def take(self, pages: Mapping[str, str], session: BrowserContext) -> None:
        """Take the pictures of these pages at each width."""
        page = session.new_page()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for name, path in pages.items():
                _stop_clock(self.app)
                page.goto(f"{self.address}{path}")
                _save(page, self.folder / f"{name}-{width}.png")

    def visitor(self) -> BrowserContext:
        """Return a browser that knows nobody."""
        return self.browser.new_context(color_scheme="light", reduced_motion="reduce", locale="en-GB")


def main(folder: Path = FOLDER) -> None:
    """Take all pictures anew; those of pages that are no longer taken go."""
    if not is_there(FONT):
        sys.exit(f"The pictures are drawn with {FONT}. Install fonts-noto-core, then try again.")
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as var,
        _sample(Path(var)) as app,
        served(app) as address,
        _chromium(Path(var)) as browser,
    ):
        _take_all(Studio(app, browser, address, folder))
    pictures = list(folder.glob("*.png"))
    size = sum(picture.stat().st_size for picture in pictures)
    print(f"{len(pictures)} pictures, {size / 1000:.0f} kB", file=sys.stderr)


@contextmanager
def _chromium(var: Path) -> Iterator[Browser]:
    settings: dict[str, str | float | bool] = {**drawn_with(FONT, var)}
    path = None
    if Path(CHROMIUM).exists():
        path = CHROMIUM
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--lang=en-GB"], env=settings)
        yield browser
        browser.close()


@contextmanager
def _sample(var: Path) -> Iterator[Flask]:
    """Give an application that holds the sample alone, with its first digests made."""
    database = f"sqlite:///{var / 'sample.sqlite'}"
    clock = MOMENT.isoformat()
    app = create_app({"DATABASE_URL": database, "VAR_DIR": str(var), "SECRET_KEY": "pictures only", "CLOCK": clock})
    migrate_database(app.extensions["sessions"])
    runner = app.test_cli_runner()
    for command in (f"seed {SEED}", *(f"run-job {job}" for job in JOBS)):
        result = runner.invoke(args=command.split())
        if result.exit_code:
            sys.exit(f"flask {command} failed: {result.output} {result.exception!r}")
    yield app
    app.extensions["sessions"].engine.dispose()


def _stop_clock(app: Flask) -> None:
    """Set the clock back to the moment, so that no page shows how long the pictures took."""
    with app.extensions["sessions"].writing() as session:
        setting = session.get_one(ClockSetting, 1)
        setting.offset_seconds = int((MOMENT - real_now()).total_seconds()) + 1


def _take_all(studio: Studio) -> None:
    with studio.app.extensions["sessions"].writing() as session:
        reader = session.exec(select(Person).where(col(Person.email) == READER)).one()
        link = make_link(session, reader, now=real_now())
        clearest = (
            select(Proposal.id).where(col(Proposal.state) == TriageState.WAITING).order_by(col(Proposal.score).desc())
        )
        transcript = select(Transcript.id).where(col(Transcript.filename) == "spring.txt")
        mail = session.exec(select(Digest, Outgoing).join(Outgoing).where(col(Outgoing.person_id) == reader.id)).first()
        assert mail is not None, "no digest was made"
        digest, outgoing = mail
        names = {
            "passage": session.exec(clearest.order_by(col(Proposal.id)).limit(1)).one(),
            "transcript": session.exec(transcript).one(),
            "digest": digest.outgoing_id,
            "answer": _answer_path(outgoing),
        }
    signed_in = studio.visitor()
    page = signed_in.new_page()
    page.goto(f"{studio.address}/sign-in/{link}")
    press(page.get_by_role("main").get_by_role("button", name="Sign in"))
    page.close()
    studio.take({name: path.format(**names) for name, path in PAGES.items()}, signed_in)
    studio.take({name: path.format(**names) for name, path in OPEN_PAGES.items()}, studio.visitor())


def _answer_path(mail: Outgoing) -> str:
    """Return where the first link to answer in the mail leads."""
    letter = message_from_bytes(mail.message or b"", policy=default)
    body = letter.get_body(("plain",))
    link = body and re.search(r"/a/[\w.-]+", body.get_content())
    assert link, "nothing to answer in the digest"
    return link[0]


def _save(page: Page, path: Path) -> None:
    """Save what the window shows in few colours: the files are part of the project."""
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    small = shot.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
