"""What a digest says of a whole body, sentence by sentence: its calendar, new items, and the secretariat's desk."""

from tracker.digests.body_parts import (
    DeskCount,
    DeskKind,
    MeetingNews,
    MilestoneAhead,
    MilestoneNews,
    MovedMilestone,
    NewlyPutForward,
)
from tracker.text import beginning_of
from tracker.web.app.language import gettext, ngettext
from tracker.web.app.template_filters import day
from tracker.web.mail.digest_words import LONGEST_REASON


def moved(move: MovedMilestone) -> str:
    """Return which milestone has which other day, why, and what moves with it."""
    values = {"milestone": move.title, "before": day(move.before), "after": day(move.after)}
    sentences = [str(gettext("%(milestone)s moved from %(before)s to %(after)s.", **values))]
    if move.reason:
        sentences.append(_reason_of(move))
    if move.items:
        numbers = str(gettext(", ")).join(str(number) for number in move.items)
        moves = ngettext(
            "Your item %(numbers)s moves with it.",
            "Your items %(numbers)s move with it.",
            len(move.items),
            numbers=numbers,
        )
        sentences.append(str(moves))
    return " ".join(sentences)


def _reason_of(move: MovedMilestone) -> str:
    reason = beginning_of(move.reason or "", LONGEST_REASON)
    if move.who:
        return str(gettext("Reason given by %(name)s: “%(reason)s”", name=move.who, reason=reason))
    return str(gettext("Reason given: “%(reason)s”", reason=reason))


def news(news_of_milestone: MilestoneNews) -> str:
    """Return which meetings are cancelled or reinstated, why, and which of the reader's items are due there.

    Each part is a sentence of its own, so that a translator never sees half of one.
    """
    sentences = [_what_happened(news_of_milestone)]
    if news_of_milestone.reason:
        reason = beginning_of(news_of_milestone.reason, LONGEST_REASON)
        sentences.append(str(gettext("“%(reason)s”", reason=reason)))
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


def created(new: NewlyPutForward) -> str:
    """Return how many items were put forward since the last digest."""
    return str(ngettext("%(num)d newly put forward", "%(num)d newly put forward", new.total))


def ahead(milestone: MilestoneAhead) -> str:
    """Return when a milestone is held, and where: Thursday 28 February 2013, Paris."""
    when = day(milestone.first)
    if milestone.last != milestone.first:
        when = str(gettext("%(first)s to %(last)s", first=when, last=day(milestone.last)))
    if milestone.place:
        when = str(gettext("%(day)s, %(place)s", day=when, place=milestone.place))
    if milestone.is_tentative:
        return str(gettext("%(day)s (tentative)", day=when))
    return when


def desk(figure: DeskCount) -> str:
    """Return how much waits for the secretariat: 12 passages to triage, 4 of them less clear."""
    num = figure.count
    match figure.kind:
        case DeskKind.TRIAGE if figure.doubtful:
            text = ngettext(
                "%(num)d passage to triage, less clear: %(doubtful)d",
                "%(num)d passages to triage, less clear: %(doubtful)d",
                num,
                doubtful=figure.doubtful,
            )
        case DeskKind.TRIAGE:
            text = ngettext("%(num)d passage to triage", "%(num)d passages to triage", num)
        case DeskKind.NOT_ADDRESSED:
            text = ngettext("%(num)d item addressed to nobody", "%(num)d items addressed to nobody", num)
        case DeskKind.NOT_OWNED:
            text = ngettext("%(num)d item without an owner", "%(num)d items without an owner", num)
        case DeskKind.NO_NEWS:
            text = ngettext("%(num)d item without news for 30 days", "%(num)d items without news for 30 days", num)
        case DeskKind.DECLINED:
            text = ngettext("%(num)d request to own declined", "%(num)d requests to own declined", num)
        case DeskKind.BOUNCED:
            text = ngettext("%(num)d address that mail cannot reach", "%(num)d addresses that mail cannot reach", num)
        case DeskKind.TERMS_END:
            text = ngettext("%(num)d role ends within 30 days", "%(num)d roles end within 30 days", num)
        case DeskKind.OVERDUE:
            text = ngettext("%(num)d item overdue", "%(num)d items overdue", num)
        case DeskKind.PAST:
            text = ngettext(
                "%(num)d item past its date, accepted by nobody",
                "%(num)d items past their date, accepted by nobody",
                num,
            )
    return str(text)
