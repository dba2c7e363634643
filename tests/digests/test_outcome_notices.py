"""What becomes of an item is told to its proposer and supporters who have no role, and so no digest."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import made, make_person, make_term
from tests.mail.offices import LETTERHEAD
from tests.mail.relays import Inbox, Relay
from tracker.answers.answer_links import LinkPurpose, LinkState, check_link, read_token
from tracker.answers.choices import AnswerRole, answer_scope
from tracker.clock import real_now
from tracker.digests.make_digests import stop
from tracker.digests.models import Notice, NoticeKind
from tracker.digests.notice_mail import NoticePress
from tracker.digests.notices import NEWS_FOR, queue_notices, send_notices_now
from tracker.digests.unsubscribe import way_out_of
from tracker.history import Actor, ChangeWay
from tracker.items.models import Item, Progress
from tracker.items.party_models import Addressee, OwnerState, Position, ResponseState, Stance
from tracker.items.responses import Response, record_response
from tracker.mail.compose_email import Email
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Dropped, Office, Writer, Written
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.relay_state import the_relay
from tracker.mail.smtp_conversation import Conversation, RelayAddress
from tracker.meetings.models import Visibility
from tracker.people.models import Frequency, Person, Role, Subscription
from tracker.updates import changes as updates
from tracker.updates.models import Update

PRESS = NoticePress("a secret", "https://follow.example.org")


@pytest.fixture
def stage(app: Flask, any_session: Session) -> Iterator[Stage]:
    with app.app_context():
        yield make_stage(any_session)


@pytest.fixture
def rosa(stage: Stage) -> Person:
    """A resident who put something forward: an address, and no role."""
    return make_person(stage.session, "Rosa Diaz")


def hers(stage: Stage, rosa: Person, **values: object) -> Item:
    values = {"visibility": Visibility.PUBLISHED, "put_forward_by": stage.party(rosa), **values}
    return stage.item("Open on Mondays", stage.ben, **values)


def step(stage: Stage, item: Item, progress: Progress, note: str = "Open since October.", **values: object) -> Update:
    by = {"by": stage.by(stage.ben), "now": MONDAY, **values}
    return updates.record(stage.session, item, stage.ben, note, progress=progress, **by)  # type: ignore[arg-type]


def answered(stage: Stage, item: Item, party: int, state: ResponseState = ResponseState.TAKEN_UP) -> None:
    addressee = made(stage.session, Addressee(item_id=item.id, party_id=party, response=ResponseState.SENT))
    response = Response(state, "The mayor", MONDAY.date(), "It is in the budget.")
    record_response(stage.session, addressee, response, by=stage.by(stage.sara), now=MONDAY)


def closed(stage: Stage, item: Item) -> None:
    step(stage, item, Progress.DONE)


def reopened(stage: Stage, item: Item) -> None:
    step(stage, item, Progress.DONE, now=MONDAY - timedelta(days=30))
    step(stage, item, Progress.IN_PROGRESS, "The door jams.")


def responded(stage: Stage, item: Item) -> None:
    answered(stage, item, stage.party(stage.ana))


def told(stage: Stage) -> list[tuple[str, NoticeKind]]:
    stage.session.flush()
    queue_notices(stage.session, now=MONDAY)
    rows = stage.session.exec(select(Person.name, Notice.kind).join(Notice, col(Notice.person_id) == col(Person.id)))
    return sorted(rows)


ROSA = [("Rosa Diaz", NoticeKind.OUTCOME)]


def written(stage: Stage) -> Written | Dropped:
    told(stage)
    return PRESS.write(stage.session, stage.session.exec(select(Outgoing)).one())


def email(stage: Stage) -> Email:
    mail = written(stage)
    assert isinstance(mail, Written), mail
    return mail.email


@pytest.mark.parametrize(
    ("happens", "says", "is_asked"),
    [
        (closed, "not started → done", True),
        (reopened, "done → in progress", False),
        (responded, "“It is in the budget.”", False),
    ],
)
def test_a_proposer_without_a_role_gets_one_mail(
    stage: Stage, rosa: Person, happens: Callable[[Stage, Item], None], says: str, is_asked: bool
) -> None:
    happens(stage, hers(stage, rosa))
    assert told(stage) == ROSA == told(stage)
    mail = email(stage)
    assert (mail.to, says in mail.text) == ("rosa@example.org", True), mail.text
    assert ("Answer: " in mail.text, ">Satisfied</a>" in mail.html) == (is_asked, is_asked)
    assert "digest" not in mail.text.replace("/digests/stop/", "")


def supports(stage: Stage, item: Item, person: Person, stance: Stance) -> None:
    position = Position(item_id=item.id, party_id=stage.party(person), stance=stance)
    made(stage.session, position)


@pytest.mark.parametrize(("stance", "names"), [(Stance.SUPPORTS, ["Rosa Diaz"]), (Stance.ASKS, [])])
def test_a_supporter_is_told_and_nobody_else(stage: Stage, rosa: Person, stance: Stance, names: list[str]) -> None:
    item = hers(stage, rosa, put_forward_by=stage.party(stage.ben))
    supports(stage, item, rosa, stance)
    closed(stage, item)
    assert [name for name, _ in told(stage)] == names


def gets_role(stage: Stage, rosa: Person) -> None:
    make_term(stage.session, rosa, stage.board, Role.MEMBER)


def has_stopped(stage: Stage, rosa: Person) -> None:
    stop(stage.session, rosa, by=Actor(rosa.id, ChangeWay.MAIL), now=MONDAY)


def is_erased(stage: Stage, rosa: Person) -> None:
    rosa.erased_on = MONDAY.date()
    made(stage.session, rosa)


def has_no_address(stage: Stage, rosa: Person) -> None:
    rosa.email = None
    made(stage.session, rosa)


def is_away(stage: Stage, rosa: Person) -> None:
    values = {"frequency": Frequency.WEEKLY, "paused_until": date(2012, 12, 1)}
    made(stage.session, Subscription(person_id=rosa.id, subscribed_at=MONDAY, **values))


@pytest.mark.parametrize("happens", [gets_role, has_stopped, is_erased, has_no_address, is_away])
def test_who_has_a_digest_or_wants_no_mail_gets_none(
    stage: Stage, rosa: Person, happens: Callable[[Stage, Person], None]
) -> None:
    closed(stage, hers(stage, rosa))
    happens(stage, rosa)
    assert told(stage) == []


@pytest.mark.parametrize("happens", [gets_role, has_stopped])
def test_what_changes_before_the_mail_is_written_or_sent_again_stops_it(
    stage: Stage, rosa: Person, happens: Callable[[Stage, Person], None]
) -> None:
    closed(stage, hers(stage, rosa))
    assert told(stage) == ROSA
    row = stage.session.exec(select(Outgoing)).one()
    assert PRESS.objection(stage.session, row) is None
    happens(stage, rosa)
    stage.session.flush()
    assert isinstance(PRESS.write(stage.session, row), Dropped)
    assert PRESS.objection(stage.session, row) is not None


def test_nobody_is_told_of_their_own_act(stage: Stage, rosa: Person) -> None:
    item = hers(stage, rosa)
    by = Actor(rosa.id, ChangeWay.MAIL)
    updates.record(stage.session, item, rosa, "Done.", progress=Progress.DONE, by=by, now=MONDAY)
    answered(stage, item, stage.party(rosa))
    assert told(stage) == []


@pytest.mark.parametrize(
    ("before", "after"), [(Progress.NOT_STARTED, Progress.IN_PROGRESS), (Progress.DONE_IN_PART, Progress.IN_PROGRESS)]
)
def test_a_step_that_neither_closes_nor_reopens_is_not_told(
    stage: Stage, rosa: Person, before: Progress, after: Progress
) -> None:
    step(stage, hers(stage, rosa, progress=before), after)
    assert told(stage) == []


def test_a_closing_that_is_undone_within_the_quarter_of_an_hour_is_not_told(stage: Stage, rosa: Person) -> None:
    item = hers(stage, rosa)
    update = step(stage, item, Progress.DONE)
    assert told(stage) == ROSA
    updates.revert_update(stage.session, update, stage.ben, by=stage.by(stage.ben), now=MONDAY)
    assert isinstance(written(stage), Dropped)


def test_it_is_told_also_where_no_scheduler_ran_for_days(stage: Stage, rosa: Person) -> None:
    step(stage, hers(stage, rosa), Progress.DONE, now=MONDAY - 3 * NEWS_FOR)
    assert told(stage) == ROSA


def test_what_a_file_changes_is_not_told(stage: Stage, rosa: Person) -> None:
    step(stage, hers(stage, rosa), Progress.DONE, by=Actor(stage.ben.id, ChangeWay.IMPORT))
    assert told(stage) == []


def test_notes_and_names_of_the_register_are_not_told(stage: Stage, rosa: Person) -> None:
    """The page of an unpublished item is closed to its proposer: the mail does not lead there."""
    item = hers(stage, rosa, visibility=Visibility.INTERNAL)
    closed(stage, item)
    mail = email(stage)
    assert "Open on Mondays" in mail.text
    assert not re.search("Open since October|Ben Ng|Details: ", mail.text + mail.html)
    assert f"/items/{item.number}" not in mail.text + mail.html


def test_who_only_is_said_to_have_proposed_it_is_not_told(stage: Stage, rosa: Person) -> None:
    closed(stage, hers(stage, rosa, reported_by=stage.sara.id))
    assert told(stage) == []


def test_its_link_answers_without_a_role_and_only_as_proposer(stage: Stage, rosa: Person) -> None:
    item = hers(stage, rosa)
    closed(stage, item)
    [token] = set(re.findall(r"/a/([\w-]+)", email(stage).text))
    link = read_token(PRESS.secret, LinkPurpose.ANSWER, token)
    assert link
    assert answer_scope(stage.session, item, rosa.id).role is AnswerRole.PROPOSER
    times = {"now": MONDAY, "real_now": real_now()}
    assert check_link(stage.session, link, item.id, **times).state is LinkState.GOOD
    other = stage.item("Buy lamps", visibility=Visibility.PUBLISHED)
    assert check_link(stage.session, link, other.id, **times).state is LinkState.TERM_ENDED
    item.progress = Progress.IN_PROGRESS
    stage.owned(item, rosa, OwnerState.REQUESTED)
    # To own an item takes a role, which a link for proposers does not replace.
    assert check_link(stage.session, link, item.id, **times).state is LinkState.TERM_ENDED


def test_it_goes_to_the_relay_once_with_its_way_out_and_not_to_a_refused_address(
    app: Flask, stage: Stage, rosa: Person
) -> None:
    gone = make_person(stage.session, "Gil Gone")
    item = hers(stage, rosa)
    supports(stage, item, gone, Stance.SUPPORTS)
    stage.session.add(Suppression(to_addr="gil@example.org", code=550, text="no such user", since=MONDAY))
    closed(stage, item)
    assert len(told(stage)) == 2
    send_notices_now(stage.session)
    the_relay(stage.session).smtp_seen = True
    stage.session.commit()
    writers = {MailKind.NOTICE: Writer(PRESS.write, PRESS.objection)}
    with Relay(Inbox()) as relay:
        post = Conversation(RelayAddress.parse(relay.url), LETTERHEAD, Durations())
        sessions = app.extensions["sessions"]
        sessions = type(sessions)(stage.session.get_bind())
        for _ in range(2):
            deliver(Office(sessions, post, LETTERHEAD, writers))
    [(to, raw)] = relay.inbox.taken
    message = message_from_bytes(raw, policy=default)
    title = f"1 changed: No. {item.number} Open on Mondays – Library Board"
    assert (to, message["Subject"]) == ("rosa@example.org", title)
    way_out = way_out_of(PRESS.secret, message["List-Unsubscribe"].strip("<>").rpartition("/")[2])
    assert way_out
    assert way_out.person_id == rosa.id
    states = stage.session.exec(select(Outgoing.state).order_by(col(Outgoing.to_addr))).all()
    assert states == [MailState.CANCELLED, MailState.SENT]
