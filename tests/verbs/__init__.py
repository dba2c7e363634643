"""Every change verb, called once on a small world: see tests/test_every_verb.py.

A file here for each folder of `tracker`; a new verb needs a new case, or the test that walks them fails.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from sqlmodel import Session

from tests.factories import (
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_person,
    make_proposal,
    make_register,
    make_term,
    party_of,
)
from tracker.history import Actor, ChangeWay
from tracker.items.models import Item
from tracker.items.party_models import Addressee
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Body, Party, Person, Role
from tracker.proposals.models import Proposal


@dataclass
class World:
    """A register with one of everything, and the secretary who changes it."""

    session: Session
    board: Body
    ana: Person
    by: Actor
    party: Party
    of_board: Party
    item: Item
    other: Item
    addressee: Addressee
    milestone: Milestone
    meeting: Meeting
    proposal: Proposal


def make_world(session: Session) -> World:
    """Build and commit it, so that what a verb leaves stands apart."""
    board = make_register(session)
    ana = make_person(session)
    make_term(session, ana, board, Role.SECRETARIAT)
    item, other = make_item(session, board, condition="if the money comes"), make_item(session, board)
    addressee = make_addressee(session, item, party_of(session, board))
    meeting = make_meeting(session, board)
    world = World(
        session=session,
        board=board,
        ana=ana,
        by=Actor(ana.id, ChangeWay.BROWSER),
        party=party_of(session, ana),
        of_board=party_of(session, board),
        item=item,
        other=other,
        addressee=addressee,
        milestone=make_milestone(session, board),
        meeting=meeting,
        proposal=make_proposal(session, meeting, ana),
    )
    session.commit()
    return world


Case = Callable[[World], object]
CASES: dict[str, Case] = {}
#: what verbs are made with, rather than verbs
MEANS = frozenset(
    {
        "items.change_trail.note_change", "people.merged_records.end_sessions",
        "transcripts.speakers.attribution.leave_assignment",
    }
)  # fmt: skip


def case(verb: Callable[..., Any]) -> Callable[[Case], Case]:
    """Register how to call a verb."""

    def keep(call: Case) -> Case:
        CASES[name_of(verb)] = call
        return call

    return keep


def name_of(verb: Callable[..., Any]) -> str:
    """Return "items.changes.edit"."""
    return f"{verb.__module__.removeprefix('tracker.')}.{verb.__qualname__}"


def verbs_of(folder: str) -> Iterator[str]:
    """Yield the public functions of a folder that are told who acts: all the ways in which it changes anything."""
    package = import_module(f"tracker.{folder}")
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        for name, verb in inspect.getmembers(import_module(module.name), inspect.isfunction):
            parameter = inspect.signature(verb).parameters.get("by")
            if verb.__module__ == module.name and not name.startswith("_") and parameter is not None:
                yield from {name_of(verb)} - MEANS
