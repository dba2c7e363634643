"""What the register keeps to itself, each text with a word of its own: so it is found wherever it flows."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_ownership,
    make_person,
    make_term,
    make_transcript,
    party_id_of,
    party_of,
)
from tests.town.items import by, numbered
from tests.web.room import found
from tracker.agendas import changes as agenda
from tracker.agendas.models import AgendaOutcome
from tracker.items import changes, ownership, positions, responses
from tracker.items.models import Item, ItemPassage, LinkKind, Progress
from tracker.items.party_models import ResponseState, Stance
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Person
from tracker.updates.changes import record
from tracker.updates.evidence import Link
from tracker.updates.progress_rules import ProgressStep

#: what of an internal item its own register's people read, and nobody else
OF_ITEM = frozenset(
    {
        "zqtitle", "zqtext", "zqtheme", "zqcondition", "zqcapacity", "zqasker", "zqwaits", "zqnote", "zqlink",
        "zqposition", "zqresponse", "zqbesides", "zqspeaker", "zqsitting", "zqspoken", "zqproposed", "zqchair",
    }
)  # fmt: skip
#: what of a published item they keep to themselves
OF_PUBLISHED = frozenset({"zqremark", "zqproof", "zqdeclined", "zqmoved", "zqmessage", "zqforchair", "zqroom"})
MARKS = OF_ITEM | OF_PUBLISHED
#: who works for it, of published items: a name for the register's own people
VOLUNTEERS = frozenset({"zqowner", "zqhelper", "zqanswers", "zqsecond", "zqawaited", "zqauthor", "zqasked", "zqnamed"})


def keep_to_itself(session: Session, board: Body, mira: Person, sara: Person) -> None:
    """An internal item of a sitting that is not published, and internal words about the published item 1."""
    spring = session.exec(select(Milestone).where(Milestone.slug == "spring")).one()
    item = _internal_item(session, board, mira, sara)
    changes.link(session, numbered(session, 1), item, LinkKind.REFINES, by=by(sara), now=NOW)
    changes.set_due(
        session, item, changes.DueRule(milestone_id=spring.id), seen_version=item.version, by=by(sara), now=NOW
    )
    agenda.put_on_agenda(session, spring, item, note="zqchair", by=by(sara), now=NOW)
    _beside_published(session, board, mira, sara, spring)
    _volunteers(session, board, sara, spring)


def _internal_item(session: Session, board: Body, mira: Person, sara: Person) -> Item:
    proposer, awaited = make_person(session, "Zqasker Ash"), make_person(session, "Zqwaits Willow")
    words = {"title": "zqtitle", "text": "zqtext", "theme": "zqtheme", "condition": "zqcondition"}
    item = make_item(session, board, **words, capacity_of="zqcapacity", put_forward_by=party_id_of(session, proposer))
    item.waiting_for, item.progress, item.progress_reason = party_id_of(session, awaited), Progress.WAITING, "zqtitle"
    make_ownership(session, item, party_of(session, mira))
    ownership.add_helper(session, item, sara.id, by=by(sara), now=NOW)
    record(session, item, mira, "zqnote", evidence=[Link("https://example.org/zqlink")], by=by(mira), now=NOW)
    addressee = make_addressee(session, item, party_of(session, board))
    answer = responses.Response(ResponseState.NOT_TAKEN_UP, "zqspeaker", TODAY, "zqresponse")
    responses.record_response(session, addressee, answer, by=by(sara), now=NOW)
    stand = positions.NewPosition(
        party_id=party_id_of(session, make_person(session, "Zqbesides Beech")),
        stance=Stance.SUPPORTS_IF,
        condition="zqposition",
    )
    positions.add_position(session, item, stand, by=by(sara), now=NOW)
    _sitting(session, board, item)
    return item


def _sitting(session: Session, board: Body, item: Item) -> None:
    sitting = make_meeting(session, board, slug="zqsitting", title="zqsitting")
    talk = make_transcript(
        session, sitting, "MS OAK: We call on all to come. Let us keep an archive of every zqspoken session. Yes."
    )
    passage = found(session, talk, "Let us keep an archive of every zqspoken session.", title="zqproposed", score=0.9)
    session.add(ItemPassage(item_id=item.id, passage_id=passage.passage_id))


def _beside_published(session: Session, board: Body, mira: Person, sara: Person, spring: Milestone) -> None:
    item = numbered(session, 3)
    proof = [Link("https://example.org/zqproof")]
    record(session, item, mira, "zqremark", evidence=proof, by=by(mira), now=NOW)
    request = ownership.request_to_own(session, item, party_id_of(session, mira), by=by(sara), now=NOW)
    ownership.decline_request(session, request, message="zqdeclined", by=by(mira), now=NOW)
    ownership.request_to_own(session, item, party_id_of(session, mira), message="zqmessage", by=by(sara), now=NOW)
    for reason in ("", "zqmoved"):
        rule = changes.DueRule(own_due_on=TODAY.replace(year=2013 + len(reason)))
        changes.set_due(session, item, rule, reason=reason, seen_version=item.version, by=by(sara), now=NOW)
    [entry] = [one for one in agenda.agenda_entries(session, spring) if one.item_id == item.id]
    agenda.write_chair_note(session, entry, "zqforchair", seen_version=entry.version, by=by(sara), now=NOW)
    heard = agenda.PointOutcome(AgendaOutcome.RAISED, "zqroom")
    agenda.note_outcome(session, entry, heard, seen_version=entry.version, by=by(sara), now=NOW)


def _volunteers(session: Session, board: Body, sara: Person, spring: Milestone) -> None:
    """Three published items that are long overdue, and everybody who works for them or took them up."""
    people = {name: make_person(session, f"{name.capitalize()} Oak") for name in sorted(VOLUNTEERS - {"zqnamed"})}
    for person in people.values():
        make_term(session, person, board)
    late = {"visibility": Visibility.PUBLISHED, "own_due_on": TODAY - timedelta(days=90)}
    item, of_body, taken_up = (
        make_item(session, board, title=title, **late) for title in ("Sweep the yard", "Mend the gate", "Oil the lock")
    )
    make_ownership(session, item, party_of(session, people["zqowner"]))
    make_ownership(
        session,
        of_body,
        party_of(session, board),
        answers_for_id=people["zqanswers"].id,
        second_id=people["zqsecond"].id,
    )
    ownership.add_helper(session, item, people["zqhelper"].id, by=by(sara), now=NOW)
    _took_it_up(session, taken_up, people["zqasked"], sara)
    # somebody who serves in no body of the register
    outsider = make_addressee(session, taken_up, party_of(session, make_person(session, "Zqnamed Elm")))
    outsider.response = ResponseState.TAKEN_UP
    step = ProgressStep(Progress.WAITING, waiting_for=party_id_of(session, people["zqawaited"]))
    shown = {"progress": step, "visibility": Visibility.PUBLISHED, "now": NOW - timedelta(days=60)}
    record(session, item, people["zqauthor"], "Asked for brooms", by=by(people["zqauthor"]), **shown)
    agenda.put_on_agenda(session, spring, item, by=by(sara), now=NOW)
    for each in (item, of_body, taken_up):
        rule = changes.DueRule(milestone_id=_summer(session).id)
        changes.set_due(session, each, rule, reason="Late", seen_version=each.version, by=by(sara), now=NOW)


def _took_it_up(session: Session, item: Item, person: Person, sara: Person) -> None:
    addressee = make_addressee(session, item, party_of(session, person))
    answer = responses.Response(ResponseState.TAKEN_UP, person.name, TODAY, "")
    responses.record_response(session, addressee, answer, by=by(sara), now=NOW)


def _summer(session: Session) -> Milestone:
    return session.exec(select(Milestone).where(Milestone.slug == "summer")).one()
