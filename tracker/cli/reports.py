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
from tracker.history import Actor, ChangeWay
from tracker.mail.compose_email import base_url
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestone_by_slug, milestones
from tracker.people.models import Body
from tracker.people.queries import register_called, registers
from tracker.reports.assemble_report import Annex, Edition
from tracker.reports.changes import issue
from tracker.reports.drafts import draft, today
from tracker.reports.file_formats import file_name
from tracker.reports.formats import Printed
from tracker.reports.models import Report
from tracker.reports.queries import latest
from tracker.reports.snapshot import Scope
from tracker.web.reports.files import FILES, printed, printed_report

BY = Actor(None, ChangeWay.COMMAND_LINE)


@click.command("report")
@with_appcontext
@click.option("--milestone", "slug", help="What the report is for, by its slug.")
@click.option("--as-of", metavar="DATE", help="An earlier day, as 2013-02-28.")
@click.option("--issue", "is_issue", is_flag=True, help="Freeze it as the next version; it never changes.")
@click.option("--internal", "is_internal", is_flag=True, help="The internal report, with what is not published.")
@click.option("--format", "formats", default="html,pdf", show_default=True, help=f"Some of {','.join(FILES)}.")
@click.option(
    "--out", default=".", show_default=True, type=click.Path(path_type=Path), help="The folder for the files."
)
@click.option(
    "--annex",
    type=click.Choice([annex.value for annex in Annex]),
    default=Annex.CHANGED.value,
    show_default=True,
    help="The items in full at the end: what changed since the report before, or all.",
)
@click.option("--body", help="The register, by its slug; else the installation's own.")
def report(
    slug: str | None,
    as_of: str | None,
    is_issue: bool,
    is_internal: bool,
    formats: str,
    out: Path,
    annex: str,
    body: str | None,
) -> None:
    """Write the last issued report, a draft if there is none or a day is given, or with --issue a new version."""
    with refusing(), _folder(out):
        endings = [_ending(name) for name in formats.split(",")]
        out.mkdir(parents=True, exist_ok=True)
        choice = Annex(annex)
        output = _output(body, slug, _day(as_of), choice, is_issue=is_issue, is_internal=is_internal)
        _say_if_internal(output)
        for ending in endings:
            path = out / file_name(output, ending, choice)
            with force_locale(output.paper.language):
                path.write_bytes(FILES[ending].write(output))
            click.echo(json.dumps({"format": ending, "path": str(path)}))


def _say_if_internal(output: Printed) -> None:
    picture = output.wording.picture
    if output.edition.number is None or picture.scope is not Scope.INTERNAL:
        return
    if any(not entry.is_internal for entry in picture.entries):
        click.echo("This report is internal: only the register's own people can read it.", err=True)
    else:
        click.echo(
            "This report is internal: nothing here is published, and only the register's own people can read it.",
            err=True,
        )


@contextmanager
def _folder(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refuse(f"Nothing can be written to {out} ({error.strerror}). Choose another folder with --out.")


def _ending(name: str) -> str:
    ending = name.strip().lower()
    if ending not in FILES:
        raise Refused("There is no format “%(name)s”. Choose from %(all)s.", name=ending, all=", ".join(FILES))
    return ending


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("--as-of is “%(text)s”. Give a day as 2013-02-28.", text=text) from None


def _output(
    body_slug: str | None, slug: str | None, as_of: date | None, annex: Annex, *, is_issue: bool, is_internal: bool
) -> Printed:
    """Return what is to be written; a new version is committed before anything is."""
    sessions: Sessions = current_app.extensions["sessions"]
    open_session = sessions.reader
    if is_issue:
        open_session = sessions.writer
    with open_session() as session:
        body = register_called(session, body_slug)
        milestone = _milestone(session, body, slug)
        now = clock.now(session)
        scope = Scope.PUBLISHED
        if is_internal:
            scope = Scope.INTERNAL
        issued: Report | None = None
        if is_issue:
            issued = _issue(session, body, milestone, as_of, now, scope)
        elif as_of is None:
            issued = _last(session, milestone, scope)
        # A seed may name a language that this program has no texts in.
        language = LANGUAGES[0]
        if body.language in LANGUAGES:
            language = body.language
        with force_locale(language):
            if issued is not None:
                return printed_report(issued, body, _root(session, body), annex)
            day = as_of or today(body, now)
            picture = draft(session, body, milestone, as_of=day, now=now, scope=Scope.INTERNAL)
            return printed(picture, Edition(), body, _root(session, body), annex)


def _issue(
    session: Session, body: Body, milestone: Milestone, as_of: date | None, now: datetime, scope: Scope
) -> Report:
    issued = issue(session, milestone, as_of=as_of or today(body, now), by=BY, now=now, scope=scope)
    session.commit()
    return issued


def _last(session: Session, milestone: Milestone, scope: Scope) -> Report | None:
    """Return the last version of that scope; where none is public, the last internal one."""
    # Before anything is published there is only the internal report, and the command says which it prints.
    return latest(session, milestone.id, [scope]) or latest(session, milestone.id, [Scope.INTERNAL])


def _milestone(session: Session, body: Body, slug: str | None) -> Milestone:
    milestone = milestone_by_slug(session, body.id, slug or "")
    if milestone is None:
        slugs = ", ".join(milestone.slug for milestone in milestones(session, body.id)) or "none yet"
        raise Refused(
            "There is no milestone “%(slug)s”. Choose --milestone from %(slugs)s.", slug=slug or "", slugs=slugs
        )
    return milestone


def _root(session: Session, body: Body) -> str:
    config: Config = current_app.extensions["config"]
    # Addresses of the installation's own register have no prefix.
    if registers(session)[0].id == body.id:
        return base_url(config)
    return f"{base_url(config)}/b/{body.slug}"


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(report)
