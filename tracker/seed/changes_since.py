"""What has happened since to an item of an example: answers, an owner, updates."""

from datetime import datetime

from sqlmodel import col, select

from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.items.models import Addressee, Item
from tracker.items.ownership import accept_ownership, add_helper, request_to_own
from tracker.items.responses import Response, record_response
from tracker.people.queries import party_by_slug
from tracker.seed.file_format import ItemEntry, ResponseEntry, UpdateEntry
from tracker.seed.load_context import SeedRun
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep


def happen(run: SeedRun, item: Item, entry: ItemEntry, number: int, began: datetime) -> None:
    """Write down what the file says of the time since the item began."""
    for count, response in enumerate(entry.responses):
        with run.at("items", number, "responses", count):
            _respond(run, item, response)
    with run.at("items", number):
        _own(run, item, entry, began)
    for count, update in enumerate(entry.updates):
        with run.at("items", number, "updates", count):
            _record(run, item, update)


def _respond(run: SeedRun, item: Item, entry: ResponseEntry) -> None:
    named = select(Addressee).where(
        col(Addressee.item_id) == item.id, col(Addressee.party_id) == run.party_id(entry.party)
    )
    addressee = run.session.exec(named).one_or_none()
    if addressee is None:
        raise Refused("“%(party)s” is not among the asked parties of this item. Add it there first.", party=entry.party)
    response = Response(entry.response, entry.answered_by, entry.on, entry.reason)
    record_response(run.session, addressee, response, by=run.by, now=run.noon(entry.on))


def _own(run: SeedRun, item: Item, entry: ItemEntry, began: datetime) -> None:
    """Let the owner have accepted, the steward answering for a body or a class; then ask whoever is to be asked."""
    if entry.owner:
        request = request_to_own(run.session, item, run.party_id(entry.owner), by=run.by, now=began)
        party = party_by_slug(run.session, entry.owner)
        first, second = (party.steward_id, party.second_id) if party else (None, None)
        accept_ownership(run.session, request, answers_for_id=first, second_id=second, by=run.by, now=began)
    for helper in entry.helpers:
        add_helper(run.session, item, run.person(helper).id, by=run.by, now=began)
    if entry.requested_to_own:
        request_to_own(run.session, item, run.party_id(entry.requested_to_own), by=run.by, now=began)


def _record(run: SeedRun, item: Item, entry: UpdateEntry) -> None:
    author = run.person(entry.by)
    waiting_for = run.party_id(entry.waiting_for) if entry.waiting_for else None
    step = None
    if entry.progress:
        step = ProgressStep(entry.progress, entry.reason, waiting_for, entry.done, entry.total, entry.waiting_kind)
    by = Actor(author.id, ChangeWay.IMPORT)  # the history names who wrote it, as the file says
    record(run.session, item, author, entry.note, progress=step, by=by, now=run.noon(entry.on))
