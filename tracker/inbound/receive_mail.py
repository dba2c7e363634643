"""A mail that came in: a reply changes items as its author says, a bounce ends an address, the rest is left alone."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.answers.answer_links import CheckedLink, LinkState, MailLink, check_link
from tracker.answers.answer_mails import AnswerMails
from tracker.answers.choices import MailAnswer, answer_scope
from tracker.answers.named_party import find_party
from tracker.answers.record_answer import AnswerDetails, record_answer
from tracker.answers.reply_address import read_reply_address
from tracker.db import insert_new
from tracker.digests.models import Digest, Notice
from tracker.digests.parts import from_plain
from tracker.errors import Refused
from tracker.inbound.incoming_mail import Bounce, IncomingMail, read_mail
from tracker.inbound.models import IncomingMessage, ReplyFate
from tracker.inbound.reply_lines import EXAMPLES, ReplyLine, day_meant, parts_meant, read_lines
from tracker.inbound.reply_text import reply_text
from tracker.items.models import Item
from tracker.mail import outbox
from tracker.mail.compose_email import compose, one_line
from tracker.mail.delivery_outcome import GONE
from tracker.mail.models import MailKind, Outgoing, Suppression
from tracker.people.models import Body, Person
from tracker.people.queries import Sight, day_of_body

log = logging.getLogger("tracker.inbound")
#: mails that say what was not understood, to one person in a day: two programs must not answer each other
MOST_ANSWERS = 5
#: replies of one person in a day that change something: a mailbox that sends back whatever it gets must not go on
MOST_REPLIES = 50
#: answers in one reply; a digest shows fewer items
MOST_LINES = 60
DAY = timedelta(days=1)
#: of a mail's name; of a longer one a mark is kept
LONGEST_NAME = 500
#: of a person's own words, what a mail about them repeats
LONGEST_REPEATED = 2_000


@dataclass(frozen=True)
class ReplyDesk:
    """How replies are taken: the mailbox they come to, the secret of its addresses, and where links lead."""

    mailbox: str
    secret: str
    base_url: str


@dataclass(frozen=True)
class Misunderstood:
    """A part of a reply that changed nothing, and what to do."""

    words: str
    why: Refused


@dataclass
class ReplyOutcome:
    """What became of the parts of a reply."""

    #: the item and the answer of each that was recorded
    recorded: list[tuple[int, MailAnswer]] = field(default_factory=list)
    misunderstood: list[Misunderstood] = field(default_factory=list)


def receive_mail(
    session: Session, raw: bytes, desk: ReplyDesk, *, now: datetime, real_now: datetime
) -> ReplyFate | None:
    """Take in one mail and return what became of it; None where it came before. The caller commits.

    `now` is the installation's; links and limits go by `real_now`. Raises nothing for whatever a mail may hold.
    """
    mail = read_mail(raw)
    link = read_reply_address(desk.mailbox, desk.secret, mail.recipients)
    name = mail.name
    if link is not None:
        name = f"{link.person_id}|{link.row_id}|{mail.name}"
    if len(name) > LONGEST_NAME:
        name = sha256(name.encode()).hexdigest()
    fate = _fate_beforehand(mail, link)
    row_id = insert_new(session, IncomingMessage, name=name, fate=fate, received_at=real_now)
    if row_id is None:
        return None
    if mail.bounce is not None:
        _note_bounce(session, mail.bounce, real_now)
    elif fate is ReplyFate.RECORDED and link is not None:
        fate = _take_reply(session, mail, link, row_id, desk, now, real_now)
        session.get_one(IncomingMessage, row_id).fate = fate
    log.info("mail taken in: %s", fate)
    return fate


def _fate_beforehand(mail: IncomingMail, link: MailLink | None) -> ReplyFate:
    if mail.bounce is not None:
        return ReplyFate.BOUNCED
    if mail.is_automatic:
        return ReplyFate.AUTOMATIC
    if link is None:
        return ReplyFate.UNKNOWN
    return ReplyFate.RECORDED


def _note_bounce(session: Session, bounce: Bounce, real_now: datetime) -> None:
    """Send nothing more to an address that is gone. The report must name a message of ours: nobody guesses its name.

    It must name the address, too: where a list hands our mail on, one reader's bounce must not end it for the others.
    """
    names = [name.rpartition("@")[0] for name in bounce.message_ids]
    row = session.exec(select(Outgoing).where(col(Outgoing.message_id).in_(names)).limit(1)).first()
    if row is None:
        return
    row.last_text = f"returned by another mail server: {bounce.status}"
    is_gone = bounce.status is not None and GONE.search(bounce.status) is not None
    is_ours = row.to_addr.casefold() in {address.casefold() for address in bounce.addresses}
    if is_gone and is_ours and session.get(Suppression, row.to_addr) is None:
        session.add(Suppression(to_addr=row.to_addr, code=550, text=row.last_text, since=real_now))


def _take_reply(
    session: Session,
    mail: IncomingMail,
    link: MailLink,
    row_id: int,
    desk: ReplyDesk,
    now: datetime,
    real_now: datetime,
) -> ReplyFate:
    items = _items_of_mail(session, link.row_id)
    person = session.get(Person, link.person_id)
    if person is None or person.email is None or not items:
        return ReplyFate.UNKNOWN
    session.get_one(IncomingMessage, row_id).person_id = person.id
    if _count(session, person.id, (ReplyFate.RECORDED, ReplyFate.ANSWERED), real_now) > MOST_REPLIES:
        log.warning("more than %d replies of person %d in a day: left alone", MOST_REPLIES, person.id)
        return ReplyFate.AUTOMATIC
    lines = read_lines(reply_text(mail.text), [item.number for item in items])
    outcome = ReplyOutcome()
    for place, line in enumerate(_lines_that_count(lines, outcome)):
        try:
            with session.begin_nested():
                # The number of this row: programs may give two replies one name.
                number = _take_line(session, line, items, link, f"reply {row_id}|{place}", desk, now, real_now)
            outcome.recorded.append((number, line.answer or MailAnswer.NOTE))
        except Refused as refused:
            words = one_line(" ".join(line.written))[:LONGEST_REPEATED]
            outcome.misunderstood.append(Misunderstood(words, refused))
    if outcome.misunderstood and _count(session, person.id, (ReplyFate.ANSWERED,), real_now) < MOST_ANSWERS:
        _say_what_would_be(session, person, items, outcome, desk, now)
    if outcome.misunderstood:
        return ReplyFate.ANSWERED
    return ReplyFate.RECORDED


def _lines_that_count(lines: list[ReplyLine], outcome: ReplyOutcome) -> list[ReplyLine]:
    """Return what is to be done; nothing of a reply that says nothing, or more than a person would."""
    if not lines:
        outcome.misunderstood.append(Misunderstood("", Refused("There was no text above the line. Write it there.")))
    if len(lines) <= MOST_LINES:
        return lines
    too_many = Refused("There are more than %(most)s answers in it. Send them in several mails.", most=MOST_LINES)
    outcome.misunderstood.append(Misunderstood("", too_many))
    return []


def _items_of_mail(session: Session, outgoing_id: int) -> list[Item]:
    """Return the items that the mail spoke of."""
    digest = session.get(Digest, outgoing_id)
    ids: set[int] = {*session.exec(select(Notice.item_id).where(col(Notice.outgoing_id) == outgoing_id))}
    if digest is not None and digest.content:
        content = from_plain(digest.content)
        ids |= {line.item_id for section in content.sections for line in section.lines}
    return list(session.exec(select(Item).where(col(Item.id).in_(ids)).order_by(col(Item.number))))


def _take_line(
    session: Session,
    line: ReplyLine,
    items: Collection[Item],
    link: MailLink,
    form_key: str,
    desk: ReplyDesk,
    now: datetime,
    real_now: datetime,
) -> int:
    """Do what the line says, put its receipt into the outbox and return the item's number.

    Raises Refused where that cannot be done.
    """
    item = _item_meant(session, line, items, link.person_id)
    checked = check_link(session, link, item.id, now=now, real_now=real_now)
    _refuse_dead(checked.state)
    person = session.get_one(Person, link.person_id)
    details = _details(session, line, item, checked, now)
    answer = line.answer or MailAnswer.NOTE
    receipt = record_answer(session, item, person, answer, details, form_key=form_key, now=now, real_now=real_now)
    mails = AnswerMails(desk.base_url, desk.secret)
    mails.put_receipt(session, person, item, receipt, details, now=now)
    return item.number


def _refuse_dead(state: LinkState) -> None:
    match state:
        case LinkState.GOOD:
            return
        case LinkState.EXPIRED:
            raise Refused("The mail that you answered is more than 30 days old. Answer a newer one.")
        case LinkState.ENDED:
            raise Refused("Your links were ended, for instance by a new password. Answer a newer mail.")
        case LinkState.ADDRESS_CHANGED:
            raise Refused("Your address is another one now. Answer a mail that came to that address.")
        case LinkState.TERM_ENDED:
            raise Refused("Your term has ended, or the item is no longer yours to read. Write to the secretariat.")
        case LinkState.GONE:
            raise Refused("The item is gone. Write to the secretariat.")


def _item_meant(session: Session, line: ReplyLine, items: Collection[Item], person_id: int) -> Item:
    if line.unknown:
        raise Refused(
            "The mail that you answered speaks of no item %(number)s. Check the number and send this line again.",
            number=line.unknown,
        )
    meant = [item for item in items if line.number in (None, item.number)]
    if len(meant) > 1:
        # What the mail only told needs no number: there is one item that its reader can answer.
        answerable = [item for item in meant if answer_scope(session, item, person_id).role is not None]
        meant = answerable or meant
    if len(meant) == 1:
        return meant[0]
    if line.number is None:
        raise Refused("The mail spoke of several items. Write the number of the one that you mean before the answer.")
    raise Refused("Two items of that mail have this number. Answer by the links in the mail.")


def _details(session: Session, line: ReplyLine, item: Item, checked: CheckedLink, now: datetime) -> AnswerDetails:
    match line.answer:
        case MailAnswer.WAITING:
            waits_for = line.detail.removeprefix("the ")
            party_id = _party(session, item, checked.sight, waits_for)
            if party_id is None:
                return AnswerDetails(note=line.text, waits_for=waits_for)
            return AnswerDetails(note=line.text, waiting_party=party_id)
        case MailAnswer.MORE_TIME:
            day = day_meant(line.detail, day_of_body(session, session.get_one(Body, item.body_id), now))
            return AnswerDetails(note=line.text, due_on=day)
        case MailAnswer.PASS_ON:
            party_id = _party(session, item, checked.sight, line.detail)
            if party_id is None:
                raise Refused("Write the whole name or the address of the person to pass it to.")
            return AnswerDetails(note=line.text, pass_to=party_id)
        case MailAnswer.DONE_IN_PART:
            done, total, rest = parts_meant(line.detail)
            note = "\n".join(part for part in (rest, line.text) if part)
            return AnswerDetails(note=note, done=done, total=total)
        case _:
            note = "\n".join(part for part in (line.detail, line.text) if part)
            # What is called done needs words; where there are no others, these are their author's own.
            if line.answer is MailAnswer.DONE and not note:
                note = line.words
            return AnswerDetails(note=note)


def _party(session: Session, item: Item, sight: Sight | None, name: str) -> int | None:
    if sight is None:
        return None
    return find_party(session, item.body_id, sight, name)


def _count(session: Session, person_id: int, fates: Collection[ReplyFate], real_now: datetime) -> int:
    """Return how many of the person's mails of the last day had one of these fates."""
    alike = select(sa.func.count()).where(
        col(IncomingMessage.person_id) == person_id,
        col(IncomingMessage.fate).in_(fates),
        col(IncomingMessage.received_at) > real_now - DAY,
    )
    return session.exec(alike).one()


def _examples(session: Session, person: Person, items: list[Item]) -> tuple[Item, list[str]]:
    """Return the first item that the person may answer now, and the lines that do so; all lines where there is none."""
    for item in items:
        if choices := answer_scope(session, item, person.id).choices:
            return item, [EXAMPLES[choice] for choice in choices]
    return items[0], list(EXAMPLES.values())


def _say_what_would_be(
    session: Session, person: Person, items: list[Item], outcome: ReplyOutcome, desk: ReplyDesk, now: datetime
) -> None:
    """Tell the person what of their reply changed nothing, and how to write it."""
    item, examples = _examples(session, person, items)
    register = session.get_one(Body, item.body_id)
    email = compose(
        "reply_not_understood",
        to=person.email or "",
        language=person.language,
        base_url=desk.base_url,
        register=register,
        reader=person.name,
        recorded=outcome.recorded,
        parts=outcome.misunderstood,
        number=item.number if len(items) > 1 else None,
        examples=examples,
    )
    # A new mail and no reply: whatever answers it by itself answers nothing.
    email = replace(email, sender_name=register.name)
    outbox.put(session, email, person_id=person.id, kind=MailKind.RECEIPT, now=now, body_id=register.id)
