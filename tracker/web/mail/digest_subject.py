"""The subject of a digest: what matters most, and the body's short name; and all words of digests for templates."""

from collections.abc import Iterator, Sequence

from flask import Flask
from flask_babel import format_date

from tracker.answers.choices import AnswerRole
from tracker.digests.answer_offers import answer_role
from tracker.digests.body_parts import DeskCount, DeskKind, MeetingNews, Register
from tracker.digests.parts import BodyPart, DigestContent, DigestSection, SectionKind
from tracker.mail.compose_email import LONGEST_SUBJECT, one_line, shorter
from tracker.web.app.language import gettext, ngettext
from tracker.web.mail import body_words, digest_words
from tracker.wording.phrases import short_name

MOST_IN_SUBJECT = 3
#: what a reply may say; the words are those that inbound.reply_lines reads
REPLIES = {
    AnswerRole.OWNER: ("done", "due: 14 March"),
    AnswerRole.REQUESTED: ("take it", "not mine"),
    AnswerRole.PROPOSER: ("satisfied", "disputed: why"),
}
#: what waits for the secretariat, the most pressing first
ON_DESKS = sorted(DeskKind, key=lambda kind: kind not in (DeskKind.TRIAGE, DeskKind.OVERDUE))
#: bodies that a subject names; of more it gives the number
MOST_NAMED = 2
#: signs between what a subject says and its bodies, and signs that these have at least
DASH = len(" – ")
ROOM_FOR_BODIES = 24


def subject(content: DigestContent) -> str:
    """Return the subject: 2 overdue, 3 due before 28 February, 1 request – IGF."""
    return _with_bodies(content, _fitting(content, _room(content)))


def what_matters(content: DigestContent) -> str:
    """Return the subject without its bodies, which stand below it in the mail: 2 overdue, 1 request."""
    return _fitting(content, LONGEST_SUBJECT)


def first_titles(content: DigestContent) -> str:
    """Return the titles of the items that stand first in the mail, as far as a list of mails has room for them."""
    titles = [digest_words.title(line) for section in content.sections for line in section.lines]
    return shorter("; ".join(titles[:MOST_IN_SUBJECT]), LONGEST_SUBJECT)


def notice_subject(content: DigestContent) -> str:
    """Return the subject of a notice, which names items as no digest does: 1 request: No. 14 Find a room – IGF."""
    return _with_bodies(content, _fitting(content, _room(content), _named_items(content)))


def notice_title(content: DigestContent) -> str:
    """Return the subject of a notice without its bodies."""
    return _fitting(content, LONGEST_SUBJECT, _named_items(content))


def titled(what: str, body: str) -> str:
    """Return the subject of a mail about that body, short enough: its name is cut before what the mail is about."""
    name = shorter(body, max(ROOM_FOR_BODIES, LONGEST_SUBJECT - DASH - len(what)))
    what = shorter(what, LONGEST_SUBJECT - DASH - len(name))
    return str(gettext("%(what)s – %(body)s", what=what, body=name))


def how_to_reply(content: DigestContent, mark: str) -> str:
    """Return how to reply above the mark; nothing where the mail holds no item that its reader may answer."""
    every = [(section, line) for section in content.sections for line in section.lines]
    for section, line in every:
        role = answer_role(section, line)
        if role is not None:
            number = ""
            if len(every) > 1:
                number = f"{line.number} "
            first, second = (f"{number}{words}" for words in REPLIES[role])
            values = {"first": first, "second": second}
            return str(
                gettext("Reply above %(mark)s, for example “%(first)s”, “%(second)s”, or a note.", mark=mark, **values)
            )
    return ""


def first_digest(bodies: Sequence[BodyPart]) -> str:
    """Return what a digest begins with that is the first mail to a person: what this is, and when it comes."""
    name = bodies[0].register.name
    return str(
        gettext(
            "Intersession records what was put forward in meetings of the %(body)s and follows it up between them. "
            "A mail like this one comes when there is news for you; you can answer from it, without a password.",
            body=name,
        )
    )


def first_notice(bodies: Sequence[BodyPart], *, is_outcome: object = False) -> str:
    """Return what a notice begins with that is the first mail to a person: what this is, and why it comes to them."""
    name = bodies[0].register.name
    if is_outcome:
        return str(
            gettext(
                "Intersession records what was put forward in meetings of the %(body)s and follows it up between them. "
                "This mail says what became of what you put forward or supported.",
                body=name,
            )
        )
    return str(
        gettext(
            "Intersession records what was put forward in meetings of the %(body)s and follows it up between them. "
            "This mail comes because something there waits for you; you can answer from it, without a password.",
            body=name,
        )
    )


def _fitting(content: DigestContent, room: int, items: str = "") -> str:
    """Return as many counts as there is room for, the first at least, and the items if they are given."""
    counts = list(_counts(content))[:MOST_IN_SUBJECT]
    while True:
        text = str(gettext(", ")).join(counts)
        if items:
            text = str(gettext("%(counts)s: %(items)s", counts=text, items=items))
        if len(text) <= room or len(counts) < 2:
            return shorter(text, room)
        counts.pop()


def _named_items(content: DigestContent) -> str:
    """Return the number and title of the one item that a notice is about, else the numbers of all."""
    listed = [(line.number, line.title) for section in content.sections for line in section.lines]
    listed += [(item.number, item.title) for move in content.moved for item in move.told_items]
    if len(listed) == 1:
        number, title = listed[0]
        return one_line(str(gettext("No. %(number)s  %(title)s", number=number, title=title)))
    numbers = str(gettext(", ")).join(str(number) for number, _ in listed)
    return str(gettext("No. %(number)s", number=numbers))


def _room(content: DigestContent) -> int:
    """Return how many signs a subject has beside its bodies."""
    return LONGEST_SUBJECT - DASH - min(len(_bodies(content.registers)), ROOM_FOR_BODIES)


def _with_bodies(content: DigestContent, text: str) -> str:
    return titled(text, _bodies(content.registers))


def _bodies(registers: Sequence[Register]) -> str:
    names = [short_name(register) for register in registers]
    if len(names) <= MOST_NAMED:
        return str(gettext(", ")).join(names)
    more = len(names) - 1
    return str(ngettext("%(body)s and %(num)d more", "%(body)s and %(num)d more", more, body=names[0]))


def _counts(content: DigestContent) -> Iterator[str]:
    """Yield what the digest tells of, the most pressing first: what is late or due stands before what is only news."""
    for kind in (kind for kind in SectionKind if kind is not SectionKind.CHANGED):
        yield from _count_of(content, kind)
    yield from _counts_of_desks(content)
    yield from _count_of(content, SectionKind.CHANGED)
    if content.moved:
        moves = len(content.moved)
        yield str(ngettext("%(num)d milestone moved", "%(num)d milestones moved", moves))
    yield from _counts_of_news(content)
    created = sum(new.total for new in content.created)
    if created:
        yield str(ngettext("%(num)d newly put forward", "%(num)d newly put forward", created))


def _counts_of_desks(content: DigestContent) -> Iterator[str]:
    """Yield what waits for the secretariat, all its bodies together."""
    figures = [figure for desk in content.desks for figure in desk.counts]
    for kind in ON_DESKS:
        number = sum(figure.count for figure in figures if figure.kind is kind)
        if number:
            yield body_words.desk(DeskCount(kind, number))


def _count_of(content: DigestContent, kind: SectionKind) -> Iterator[str]:
    sections = content.of_kind(kind)
    if sections:
        yield count(sections)


def _counts_of_news(content: DigestContent) -> Iterator[str]:
    """Yield how many milestones are cancelled, and how many other changes there are in the calendar."""
    cancelled = sum(len(news.days) for news in content.turned if news.turn is MeetingNews.CANCELLED)
    if cancelled:
        yield str(ngettext("%(num)d milestone cancelled", "%(num)d milestones cancelled", cancelled))
    others = sum(news.turn is not MeetingNews.CANCELLED for news in content.turned)
    if others:
        yield str(ngettext("%(num)d other change in the calendar", "%(num)d other changes in the calendar", others))


def count(sections: Sequence[DigestSection]) -> str:
    """Return how many items the sections of one kind tell of: 2 overdue."""
    num = sum(section.total for section in sections)
    match sections[0].kind:
        case SectionKind.OVERDUE:
            text = ngettext("%(num)d overdue", "%(num)d overdue", num)
        case SectionKind.DUE:
            text = _due(num, sections)
        case SectionKind.REQUESTED:
            text = ngettext("%(num)d request", "%(num)d requests", num)
        case SectionKind.UNANSWERED:
            text = ngettext("%(num)d without an answer", "%(num)d without an answer", num)
        case SectionKind.WAITING:
            text = ngettext("%(num)d waits for you", "%(num)d wait for you", num)
        case SectionKind.CHANGED:
            text = ngettext("%(num)d changed", "%(num)d changed", num)
    return str(text)


def _due(num: int, sections: Sequence[DigestSection]) -> str:
    days = {section.until for section in sections}
    if len(days) > 1:
        return str(ngettext("%(num)d due soon", "%(num)d due soon", num))
    until = format_date(days.pop(), "d MMMM")
    return str(ngettext("%(num)d due before %(day)s", "%(num)d due before %(day)s", num, day=until))


def register(app: Flask) -> None:
    """Give the sentences to the templates, as `digest.NAME`."""
    of_items = (
        digest_words.heading,
        digest_words.title,
        digest_words.more,
        digest_words.due,
        digest_words.put_forward,
        digest_words.request,
        digest_words.quote,
        digest_words.last_note,
        digest_words.unanswered,
        digest_words.waits,
        digest_words.change,
    )
    of_bodies = (body_words.moved, body_words.news, body_words.created, body_words.ahead, body_words.desk)
    of_mails = (
        short_name,
        titled,
        subject,
        what_matters,
        first_titles,
        notice_subject,
        notice_title,
        first_digest,
        first_notice,
        how_to_reply,
    )
    sentences = (*of_mails, *of_items, *of_bodies)
    app.jinja_env.globals["digest"] = {sentence.__name__: sentence for sentence in sentences}
