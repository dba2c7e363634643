"""`flask sign-in EMAIL`: a link for somebody whom no mail reaches yet."""

import click
from flask import Flask, current_app
from sqlmodel import Session

from tracker import clock
from tracker.cli.refusal import refuse, refusing
from tracker.config import Config
from tracker.db import Sessions
from tracker.mail.compose_email import base_url
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Person
from tracker.people.queries import person_by_email


def printed_link(session: Session, person: Person, config: Config) -> str:
    """Return a new link that signs the person in once, within a day."""
    token = sessions.make_link(session, person, now=clock.real_now(), life=sign_in_rules.PRINTED_LINK)
    return f"{base_url(config)}/sign-in/{token}"


@click.command("sign-in")
@click.argument("email")
def sign_in(email: str) -> None:
    """Print a link that signs EMAIL in once, within a day."""
    app_sessions: Sessions = current_app.extensions["sessions"]
    with refusing(), app_sessions.writing() as session:
        person = person_by_email(session, email)
        if person is None or not person.is_active:
            refuse(f"Nobody has the address {email}. Add people with: flask load-people")
        link = printed_link(session, person, current_app.extensions["config"])
    click.echo(link)


def register(app: Flask) -> None:
    """Add these commands."""
    app.cli.add_command(sign_in)
