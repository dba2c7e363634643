"""What a digest says, sentence by sentence: plain text that mail and page escape where they show it."""

from tracker.digests.body_parts import CreatedItem, ItemMovedWithMilestone, NewlyPutForward
from tracker.digests.parts import (
    DigestChange,
    DigestItem,
    DigestSection,
    LastNote,
    RequestQuote,
    SectionKind,
    Unanswered,
    What,
)
from tracker.items.party_models import ResponseState
from tracker.text import beginning_of
from tracker.web.app.language import gettext, ngettext
from tracker.web.app.template_filters import day
from tracker.web.app.value_words import not_an_outcome, spoken_language, word
from tracker.web.items.due_wording import first_set
from tracker.wording import phrases

#: signs of a title: more pushes the next item off a telephone's screen
LONGEST_TITLE = 160
#: signs of what somebody wrote as the reason of a request or a wait
LONGEST_REASON = 240
#: days away from which a date says more than their number
FAR = 60


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
        case SectionKind.UNANSWERED:
            return str(gettext("Not answered yet"))
        case SectionKind.CHANGED:
            return str(gettext("Changed"))


def title(line: DigestItem | CreatedItem | ItemMovedWithMilestone) -> str:
    """Return the title of an item, or its beginning."""
    return beginning_of(line.title, LONGEST_TITLE)


def more(section: DigestSection | NewlyPutForward) -> str:
    """Return how many items stand only on the page."""
    if section.more < section.total:
        return str(ngettext("And %(num)d more", "And %(num)d more", section.more))
    return str(ngettext("%(num)d item, on your page", "%(num)d items, on your page", section.more))


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


def put_forward(line: DigestItem | CreatedItem) -> str:
    """Return whose word it is, and that it is nobody's decision."""
    outcome = not_an_outcome(line.register)
    names = line.put_forward_by, line.reported_by
    return f"{phrases.put_forward(spoken_language(), *names, is_reported=line.is_reported)} · {outcome}"


def request(line: DigestItem) -> str:
    """Return who asks the reader to take the item, with what words."""
    if line.request is None:
        return ""
    requester = line.request.requested_by or str(gettext("The secretariat"))
    message = beginning_of(line.request.message or "", LONGEST_REASON)
    if message:
        return str(gettext("%(name)s asks you: “%(message)s”", name=requester, message=message))
    return str(gettext("%(name)s asks you to own it.", name=requester))


def quote(passage: RequestQuote) -> str:
    """Return the words in which the item was put forward, with who spoke them, where and when."""
    source = [part for part in (passage.speaker, passage.meeting) if part]
    if passage.day:
        source.append(day(passage.day))
    values = {"words": passage.words, "source": str(gettext(", ")).join(source)}
    if not source:
        return str(gettext("“%(words)s”", **values))
    return str(gettext("“%(words)s” (%(source)s)", **values))


def last_note(note: LastNote) -> str:
    """Return what was last noted on an item, when and by whom."""
    values = {"day": day(note.day), "name": note.author, "note": note.text}
    if note.author:
        return str(gettext("Last note, %(day)s, %(name)s: “%(note)s”", **values))
    return str(gettext("Last note, %(day)s: “%(note)s”", **values))


def unanswered(case: Unanswered) -> str:
    """Return what the first person has not answered, said to the second one."""
    values = {"name": case.name or str(gettext("The first person")), "digests": case.digests}
    sentences = [gettext("%(name)s was told in %(digests)d digests and has not answered.", **values)]
    if case.is_request:
        sentences = [gettext("%(name)s was asked in %(digests)d digests and has not answered.", **values)]
    # What the second person is for.
    sentences.append(gettext("You stand in for them: please answer, or remind them."))
    return " ".join(map(str, sentences))


def waits(line: DigestItem) -> str:
    """Return who waits for the reader, and for what."""
    # An addressee owes an answer, not the work.
    if line.is_sent_to_reader:
        return str(gettext("Sent to you. Your answer is awaited."))
    values = {"name": line.owner, "reason": beginning_of(line.waits_for or "", LONGEST_REASON)}
    match (bool(line.owner), bool(line.waits_for)):
        case (True, True):
            return str(gettext("%(name)s waits for you: “%(reason)s”", **values))
        case (True, False):
            return str(gettext("%(name)s waits for you.", **values))
        case (False, True):
            return str(gettext("It waits for you: “%(reason)s”", **values))
        case _:
            return str(gettext("It waits for you."))


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
            return str(gettext("%(who)s: due date changed to %(day)s", who=who, day=day(happened.day)))
        case What.DUE:
            return str(gettext("%(who)s: due date removed", who=who))
        case What.CONDITION:
            return str(gettext("%(who)s: its condition was met on %(day)s", who=who, day=day(happened.day)))
        case What.WORDS:
            return str(gettext("%(who)s: wording changed", who=who))
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
