"""What proposers and supporters say of a closed item."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, made, make_item, make_person, make_register, party_id_of
from tracker.errors import Refused
from tracker.history_queries import of_subject
from tracker.items.changes import edit
from tracker.items.closing_views import closing_views_of, parties_entitled, record_closing_view
from tracker.items.create import ItemContent
from tracker.items.models import Item, Progress, ProposerView, SpeakerPart
from tracker.items.party_models import Position, Stance
from tracker.items.status import strongest_doubt
from tracker.people.models import Person
from tracker.reports.replay import PastItem, walk_back
from tracker.updates.changes import record, revert_update

TOLD: dict[str, Any] = {"by": SYSTEM, "now": NOW}
SATISFIED, PARTLY, DISPUTES = ProposerView


@pytest.fixture
def ana(any_session: Session) -> Person:
    return make_person(any_session)


@pytest.fixture
def bo(any_session: Session) -> Person:
    return make_person(any_session, "Bo Berg")


@pytest.fixture
def closed(any_session: Session, ana: Person, bo: Person) -> Item:
    """An item that Ana proposed and Bo supports, and that is done."""
    board, proposer = make_register(any_session), party_id_of(any_session, ana)
    item = make_item(any_session, board, progress=Progress.DONE, put_forward_by=proposer)
    made(any_session, Position(item_id=item.id, party_id=party_id_of(any_session, bo), stance=Stance.SUPPORTS_IF))
    return item


def views(session: Session, item: Item) -> list[ProposerView]:
    return [row.view for row in closing_views_of(session, item)]


@pytest.mark.parametrize(
    ("said", "together"),
    [
        ([], None),
        ([SATISFIED], SATISFIED),
        ([SATISFIED, PARTLY], PARTLY),
        ([PARTLY, DISPUTES, SATISFIED], DISPUTES),
    ],
)
def test_the_strongest_doubt_holds_for_all(said: list[ProposerView], together: ProposerView | None) -> None:
    assert strongest_doubt(said) is together


def test_an_open_item_is_not_spoken_of(any_session: Session, closed: Item) -> None:
    closed.progress = Progress.IN_PROGRESS
    with pytest.raises(Refused, match="closed"):
        record_closing_view(any_session, closed, SATISFIED, **TOLD)


@pytest.mark.parametrize("view", [PARTLY, DISPUTES])
def test_who_doubts_says_what_is_missing(any_session: Session, closed: Item, view: ProposerView) -> None:
    with pytest.raises(Refused) as refusal:
        record_closing_view(any_session, closed, view, message=" ", **TOLD)
    assert refusal.value.field == "message"
    record_closing_view(any_session, closed, view, message="Half is missing.", **TOLD)
    assert (closed.proposer_view, closed.proposer_note) == (view, "Half is missing.")


def test_proposer_and_supporter_each_say_it_and_the_doubt_holds(any_session: Session, closed: Item, bo: Person) -> None:
    record_closing_view(any_session, closed, SATISFIED, **TOLD)
    supporter = party_id_of(any_session, bo)
    record_closing_view(any_session, closed, PARTLY, party_id=supporter, message="Half is missing.", **TOLD)
    assert closed.proposer_view is PARTLY
    assert sorted(views(any_session, closed)) == [PARTLY, SATISFIED]
    record_closing_view(any_session, closed, None, party_id=supporter, **TOLD)
    assert closed.proposer_view is SATISFIED


@pytest.mark.parametrize("stance", [Stance.OBJECTS_TO_THE_AIM, Stance.ASKS])
def test_who_neither_proposed_nor_supports_is_not_heard(any_session: Session, closed: Item, stance: Stance) -> None:
    other = party_id_of(any_session, make_person(any_session, "Cy Cole"))
    made(any_session, Position(item_id=closed.id, party_id=other, stance=stance))
    with pytest.raises(Refused, match="supporters"):
        record_closing_view(any_session, closed, SATISFIED, party_id=other, **TOLD)


def test_what_others_report_makes_nobody_a_supporter(any_session: Session, closed: Item, ana: Person) -> None:
    other = party_id_of(any_session, make_person(any_session, "Cy Cole"))
    position = Position(item_id=closed.id, party_id=other, stance=Stance.SUPPORTS, reported_by=ana.id)
    made(any_session, position)
    assert other not in parties_entitled(any_session, closed)


@pytest.mark.parametrize("values", [{"reported_by": True}, {"speaker_part": SpeakerPart.REPORTER}])
def test_of_what_is_only_reported_no_proposer_is_heard(
    any_session: Session, closed: Item, bo: Person, values: dict[str, Any]
) -> None:
    closed.speaker_part = values.get("speaker_part")
    if "reported_by" in values:
        closed.reported_by = bo.id
    assert parties_entitled(any_session, closed) == [party_id_of(any_session, bo)]
    for proposer in (closed.put_forward_by, None):
        closed.put_forward_by = proposer
        with pytest.raises(Refused, match="supporters"):
            record_closing_view(any_session, closed, SATISFIED, **TOLD)


def test_a_view_goes_when_its_party_is_found_to_be_only_reported(
    any_session: Session, closed: Item, ana: Person, bo: Person
) -> None:
    closed.speaker_part = SpeakerPart.PROPOSER
    record_closing_view(any_session, closed, DISPUTES, message="It is not.", **TOLD)
    record_closing_view(any_session, closed, SATISFIED, party_id=party_id_of(any_session, bo), **TOLD)
    content = replace(ItemContent.of(closed), reported_by=bo.id)
    edit(any_session, closed, content, seen_version=closed.version, **TOLD)
    assert (closed.proposer_view, closed.proposer_note, views(any_session, closed)) == (SATISFIED, None, [SATISFIED])
    past = PastItem(Item(**closed.model_dump()))
    walk_back(past, of_subject(any_session, closed.history_key())[-1:], {})
    assert (past.item.proposer_view, past.item.reported_by) == (DISPUTES, None)


def test_an_item_that_opens_again_is_asked_of_anew(any_session: Session, closed: Item, ana: Person) -> None:
    record_closing_view(any_session, closed, PARTLY, message="Half is missing.", **TOLD)
    update = record(any_session, closed, ana, "again", progress=Progress.IN_PROGRESS, **TOLD)
    assert (closed.proposer_view, views(any_session, closed)) == (None, [])
    revert_update(any_session, update, ana, **TOLD)
    assert (closed.proposer_view, views(any_session, closed)) == (PARTLY, [PARTLY])


def test_a_second_closing_is_not_doubted_by_what_was_said_of_the_first(
    any_session: Session, closed: Item, ana: Person
) -> None:
    record_closing_view(any_session, closed, PARTLY, message="Half is missing.", **TOLD)
    for progress in (Progress.IN_PROGRESS, Progress.DONE, Progress.IN_PROGRESS):
        update = record(any_session, closed, ana, "and on", progress=progress, **TOLD)
    revert_update(any_session, update, ana, **TOLD)
    assert (closed.progress, closed.proposer_view, views(any_session, closed)) == (Progress.DONE, None, [])


def test_history_tells_who_said_what_and_walks_back(any_session: Session, closed: Item, bo: Person) -> None:
    record_closing_view(any_session, closed, SATISFIED, **TOLD)
    supporter = party_id_of(any_session, bo)
    record_closing_view(any_session, closed, DISPUTES, party_id=supporter, message="It is not.", **TOLD)
    event = of_subject(any_session, closed.history_key())[-1]
    assert (event.after["party"], event.after["said"], event.before["view"]) == (supporter, DISPUTES, SATISFIED)
    past = PastItem(Item(**closed.model_dump()))
    walk_back(past, [event], {})
    assert past.item.proposer_view is SATISFIED
