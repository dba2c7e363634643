"""`flask report`: a report as files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlmodel import Session

from tracker import clock
from tracker.cli.refusal import refuse, refusing
from tracker.config import LANGUAGES, Config
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.history import Actor, Way
from tracker.mail.email import base_url
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestone_by_slug, milestones
from tracker.people.models import Body
from tracker.people.queries import register_by_slug, registers
from tracker.reports.changes import issue
from tracker.reports.contents import Edition
from tracker.reports.drafts import draft, today
from tracker.reports.formats import Printed
from tracker.reports.models import Report
from tracker.reports.picture import Scope
from tracker.reports.printing import file_name
from tracker.reports.queries import latest
from tracker.web.printed import FILES, printed, printed_report

BY = Actor(None, Way.COMMAND_LINE)


@click.command("report")
@with_appcontext
@click.option("--milestone", "slug", help="What the report is for, by its slug.")
@click.option("--as-of", metavar="DATE", help="An earlier day, as 2013-02-28.")
@click.option("--issue", "is_issue", is_flag=True, help="Freeze it as the next version; it never changes.")
@click.option("--format", "formats", default="html,pdf", show_default=True, help=f"Some of {','.join(FILES)}.")
@click.option(
    "--out", default=".", show_default=True, type=click.Path(path_type=Path), help="The folder for the files."
)
@click.option("--body", help="The register, by its slug; else the installation's own.")
def report(slug: str | None, as_of: str | None, is_issue: bool, formats: str, out: Path, body: str | None) -> None:
    """Write the last issued report, a draft if there is none or a day is given, or with --issue a new version."""
    with refusing(), _folder(out):
        wanted = [_ending(name) for name in formats.split(",")]
        out.mkdir(parents=True, exist_ok=True)
        made = _made(body, slug, _day(as_of), is_issue=is_issue)
        for ending in wanted:
            path = out / file_name(made, ending)
            with force_locale(made.paper.language):
                path.write_bytes(FILES[ending].write(made))
            click.echo(json.dumps({"format": ending, "path": str(path)}))


@contextmanager
def _folder(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refuse(f"Nothing can be written to {out} ({error.strerror}): name another folder with --out.")


def _ending(name: str) -> str:
    ending = name.strip().lower()
    if ending not in FILES:
        raise Refused("There is no format “%(name)s”: choose from %(all)s.", name=ending, all=", ".join(FILES))
    return ending


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("--as-of is “%(text)s”; it must be a day, as 2013-02-28.", text=text) from None


def _made(body_slug: str | None, slug: str | None, as_of: date | None, *, is_issue: bool) -> Printed:
    """Return what is to be written; a new version is committed before anything is."""
    sessions: Sessions = current_app.extensions["sessions"]
    with sessions.writer() if is_issue else sessions.reader() as session:
        body = _body(session, body_slug)
        milestone, now = _milestone(session, body, slug), clock.now(session)
        issued = _issued(session, body, milestone, as_of, now, is_issue=is_issue)
        with force_locale(body.language if body.language in LANGUAGES else LANGUAGES[0]):
            if issued is not None:
                return printed_report(issued, body, _root(session, body))
            day = as_of or today(body, now)
            picture = draft(session, body, milestone, as_of=day, now=now, scope=Scope.INTERNAL)
            return printed(picture, Edition(), body, _root(session, body))


def _issued(
    session: Session, body: Body, milestone: Milestone, as_of: date | None, now: datetime, *, is_issue: bool
) -> Report | None:
    """Return the new version, or the last one unless a day is asked for."""
    if not is_issue:
        return None if as_of else latest(session, milestone.id)
    made = issue(session, milestone, as_of=as_of or today(body, now), by=BY, now=now)
    session.commit()
    return made


def _body(session: Session, slug: str | None) -> Body:
    every = registers(session)
    if not every:
        raise Refused("There is no register yet. Run: flask seed")
    found = register_by_slug(session, slug) if slug else every[0]
    if found is None:
        known = ", ".join(body.slug for body in every)
        raise Refused("There is no register “%(slug)s”: --body is one of %(known)s.", slug=slug, known=known)
    return found


def _milestone(session: Session, body: Body, slug: str | None) -> Milestone:
    found = milestone_by_slug(session, body.id or 0, slug) if slug else None
    if found is None:
        known = ", ".join(milestone.slug for milestone in milestones(session, body.id or 0)) or "none yet"
        raise Refused(
            "There is no milestone “%(slug)s”: --milestone is one of %(known)s.", slug=slug or "", known=known
        )
    return found


def _root(session: Session, body: Body) -> str:
    config: Config = current_app.extensions["config"]
    own = registers(session)[0].id == body.id
    return base_url(config) + ("" if own else f"/b/{body.slug}")


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(report)
