"""What a digest says, sentence by sentence: plain text that mail and page escape where they show it."""

from flask import Flask
from flask_babel import format_date, gettext, ngettext

from tracker.digests.parts import (
    DigestChange,
    DigestContent,
    DigestItem,
    DigestSection,
    MeetingNews,
    MilestoneNews,
    MovedMilestone,
    SectionKind,
    What,
)
from tracker.items.party_models import ResponseState
from tracker.web.app.template_filters import day
from tracker.web.app.value_words import not_an_outcome, spoken_language, word
from tracker.web.items.due_wording import first_set
from tracker.wording import phrases

#: in a subject, what is late or comes next before what is asked or news
IN_SUBJECT = (
    SectionKind.OVERDUE,
    SectionKind.DUE,
    SectionKind.REQUESTED,
    SectionKind.WAITING,
    SectionKind.CHANGED,
)
MOST_IN_SUBJECT = 3
#: days away from which a date says more than their number
FAR = 60


def subject(content: DigestContent) -> str:
    """Return the subject: 2 overdue, 3 due before 28 February."""
    sections = [section for kind in IN_SUBJECT if (section := content.section(kind))]
    # The subject is all that many read: what is late or due stands before what is only news.
    parts = [count(section) for section in sections]
    if content.moved:
        parts.append(ngettext("%(num)d milestone moved", "%(num)d milestones moved", len(content.moved)))
    parts += _counts_of_news(content)
    # A longer subject is cut off on a telephone.
    return str(gettext(", ")).join(parts[:MOST_IN_SUBJECT])


def _counts_of_news(content: DigestContent) -> list[str]:
    """Return how many milestones are cancelled, and how many other changes there are in the calendar."""
    parts = []
    cancelled = sum(len(news.days) for news in content.turned if news.turn is MeetingNews.CANCELLED)
    if cancelled:
        parts.append(ngettext("%(num)d milestone cancelled", "%(num)d milestones cancelled", cancelled))
    others = sum(news.turn is not MeetingNews.CANCELLED for news in content.turned)
    if others:
        parts.append(ngettext("%(num)d other change in the calendar", "%(num)d other changes in the calendar", others))
    return parts


def count(section: DigestSection) -> str:
    """Return how many items a section tells of: 2 overdue."""
    num = section.total
    match section.kind:
        case SectionKind.OVERDUE:
            return str(ngettext("%(num)d overdue", "%(num)d overdue", num))
        case SectionKind.DUE:
            until = format_date(section.until, "d MMMM")
            return str(ngettext("%(num)d due before %(day)s", "%(num)d due before %(day)s", num, day=until))
        case SectionKind.REQUESTED:
            return str(ngettext("%(num)d request to own", "%(num)d requests to own", num))
        case SectionKind.WAITING:
            return str(ngettext("%(num)d waits for you", "%(num)d wait for you", num))
        case SectionKind.CHANGED:
            return str(ngettext("%(num)d changed", "%(num)d changed", num))


def heading(section: DigestSection) -> str:
    """Return what stands above a section."""
    match section.kind:
        case SectionKind.REQUESTED:
            return str(gettext("Requests to own"))
        case SectionKind.OVERDUE:
            return str(gettext("Overdue"))
        case SectionKind.WAITING:
            return str(gettext("Waits for you"))
        case SectionKind.DUE if section.milestone:
            values = {"milestone": section.milestone, "day": day(section.until)}
            return str(gettext("Due before %(milestone)s, %(day)s", **values))
        case SectionKind.DUE:
            return str(gettext("Due before %(day)s", day=day(section.until)))
        case SectionKind.CHANGED:
            return str(gettext("Changed"))


def due(line: DigestItem) -> str:
    """Return when an item is due, with what may be doubted of it; nothing without a date."""
    if line.due is None or line.days is None:
        return ""
    text = _due(line.days, day(line.due))
    if line.is_tentative:
        text = str(gettext("%(due)s (tentative)", due=text))
    # The day first set stands beside the present one, so that a move is never silent.
    if line.promised_on:
        first = first_set(day(line.promised_on), is_promised=line.is_promised)
        text = str(gettext("%(due)s (%(first)s)", due=text, first=first))
    return text


def _due(days: int, on: str) -> str:
    # Nobody counts in days what lies months away.
    if abs(days) > FAR:
        return str(gettext("due %(day)s", day=on))
    if days < 0:
        return str(ngettext("due %(day)s, %(num)d day ago", "due %(day)s, %(num)d days ago", -days, day=on))
    if days == 0:
        return str(gettext("due today, %(day)s", day=on))
    return str(ngettext("due %(day)s, in %(num)d day", "due %(day)s, in %(num)d days", days, day=on))


def put_forward(line: DigestItem) -> str:
    """Return whose word it is, and that it is nobody's decision."""
    outcome = not_an_outcome(line.register)
    names = line.put_forward_by, line.reported_by
    return f"{phrases.put_forward(spoken_language(), *names, is_reported=line.is_reported)} · {outcome}"


def request(line: DigestItem) -> str:
    """Return who asks the reader to take the item, with what words."""
    if line.request is None:
        return ""
    requester = line.request.requested_by or str(gettext("The secretariat"))
    message = line.request.message
    if message:
        return str(gettext("%(name)s asks you: “%(message)s”", name=requester, message=message))
    return str(gettext("%(name)s asks you.", name=requester))


def waits(line: DigestItem) -> str:
    """Return who waits for the reader, and for what."""
    # An addressee owes an answer, not the work.
    if line.is_sent_to_reader:
        return str(gettext("Sent to you. Your answer is awaited."))
    values = {"name": line.owner, "reason": line.waits_for}
    match (bool(line.owner), bool(line.waits_for)):
        case (True, True):
            return str(gettext("%(name)s waits for you: “%(reason)s”", **values))
        case (True, False):
            return str(gettext("%(name)s waits for you.", **values))
        case (False, True):
            return str(gettext("It waits for you: “%(reason)s”", **values))
        case _:
            return str(gettext("It waits for you."))


def moved(move: MovedMilestone) -> str:
    """Return which milestone has which other day, and what moves with it."""
    values = {"milestone": move.title, "before": day(move.before), "after": day(move.after)}
    if not move.items:
        return str(gettext("%(milestone)s: from %(before)s to %(after)s.", **values))
    numbers = str(gettext(", ")).join(str(number) for number in move.items)
    text = ngettext(
        "%(milestone)s: from %(before)s to %(after)s. Your item %(numbers)s moves with it.",
        "%(milestone)s: from %(before)s to %(after)s. Your items %(numbers)s move with it.",
        len(move.items),
        numbers=numbers,
        **values,
    )
    return str(text)


def news(news_of_milestone: MilestoneNews) -> str:
    """Return which meetings are cancelled or reinstated, why, and which of the reader's items are due there.

    Each part is a sentence of its own, so that a translator never sees half of one.
    """
    sentences = [_what_happened(news_of_milestone)]
    if news_of_milestone.reason:
        sentences.append(str(gettext("“%(reason)s”", reason=news_of_milestone.reason)))
    if news_of_milestone.items and news_of_milestone.turn is MeetingNews.CANCELLED:
        numbers = str(gettext(", ")).join(str(number) for number in news_of_milestone.items)
        due_there = ngettext(
            "Your item %(numbers)s is due there.",
            "Your items %(numbers)s are due there.",
            len(news_of_milestone.items),
            numbers=numbers,
        )
        sentences.append(str(due_there))
    return " ".join(sentences)


def _what_happened(news_of_milestone: MilestoneNews) -> str:
    days = news_of_milestone.days
    match news_of_milestone.turn:
        case MeetingNews.RENAMED:
            values = {"before": news_of_milestone.before, "milestone": news_of_milestone.title}
            return str(gettext("%(before)s is now called %(milestone)s.", **values))
        case MeetingNews.CANCELLED:
            text = ngettext(
                "%(milestone)s, %(day)s, is cancelled.",
                "%(milestone)s: %(num)d meetings are cancelled, the first on %(day)s.",
                len(days),
                milestone=news_of_milestone.title,
                day=day(days[0]),
            )
        case MeetingNews.HELD:
            text = ngettext(
                "%(milestone)s, %(day)s, is reinstated.",
                "%(milestone)s: %(num)d meetings are reinstated, the first on %(day)s.",
                len(days),
                milestone=news_of_milestone.title,
                day=day(days[0]),
            )
    return str(text)


def change(happened: DigestChange) -> str:
    """Return what happened to an item, with what was said."""
    text = _change(happened)
    if happened.note and happened.what is not What.NOTE:
        return str(gettext("%(change)s: “%(note)s”", change=text, note=happened.note))
    return text


def _change(happened: DigestChange) -> str:
    who = happened.who or str(gettext("The register"))
    match happened.what:
        case What.NEW:
            return str(gettext("entered in the register as put forward by you"))
        case What.PROGRESS:
            values = {"before": word(happened.before), "after": word(happened.after)}
            return str(gettext("%(who)s: %(before)s → %(after)s", who=who, **values))
        case What.NOTE:
            return str(gettext("%(who)s: “%(note)s”", who=who, note=happened.note))
        case What.RESPONSE if happened.after == ResponseState.SENT:
            return str(gettext("sent to %(party)s", party=who))
        case What.RESPONSE:
            return str(gettext("response of %(party)s: %(response)s", party=who, response=word(happened.after)))
        case What.PROPOSER:
            return str(gettext("a proposer or supporter says: %(view)s", view=word(happened.after)))
        case What.DUE if happened.day:
            return str(gettext("due date changed to %(day)s", day=day(happened.day)))
        case What.DUE:
            return str(gettext("due date removed"))
        case What.CONDITION:
            return str(gettext("its condition was met on %(day)s", day=day(happened.day)))
        case What.WORDS:
            return str(gettext("its wording was changed"))
        case _:
            return _owning(happened, who)


def _owning(happened: DigestChange, who: str) -> str:
    match happened.what:
        case What.TAKEN:
            return str(gettext("%(party)s takes it", party=who))
        case What.DECLINED:
            return str(gettext("%(party)s does not take it", party=who))
        case What.PASSED_ON:
            return str(gettext("%(party)s passes it to %(to)s", party=who, to=happened.after))
        case _:
            return str(gettext("%(party)s no longer owns it", party=who))


def register(app: Flask) -> None:
    """Give the sentences to the templates, as `digest.NAME`."""
    sentences = (subject, heading, due, put_forward, request, waits, moved, news, change)
    app.jinja_env.globals["digest"] = {sentence.__name__: sentence for sentence in sentences}
