"""What a point of an agenda asks of the room, in sentences; never more than what stands in the item."""

from flask_babel import gettext, lazy_gettext, ngettext

from tracker.agendas.queries import AgendaPoint, SuggestionReason
from tracker.web.app.template_filters import short_day
from tracker.web.items.page_words import put_forward_by

__all__ = ("REASONS", "asks", "put_forward_by")

REASONS = {
    SuggestionReason.DUE: lazy_gettext("Open, due by then"),
    SuggestionReason.ADDRESSED: lazy_gettext("Addressed to those who meet there, not answered yet"),
    SuggestionReason.DISPUTED: lazy_gettext(
        "Closed, but a proposer or supporter disputes it or is only partly satisfied"
    ),
    SuggestionReason.UNOWNED: lazy_gettext("Open, without an owner"),
}


def asks(point: AgendaPoint) -> list[str]:
    """Return what the point asks of the room, one sentence each; at least one."""
    line = point.line
    requests = list[str]()
    if point.unanswered:
        names = ", ".join(party.name for party in point.unanswered)
        number = len(point.unanswered)
        requests.append(ngettext("An answer from %(names)s.", "Answers from %(names)s.", number, names=names))
    if point.is_unowned:
        requests.append(gettext("An owner."))
    if point.is_disputed:
        requests.append(gettext("How those who closed it and its proposers and supporters see it: they do not agree."))
    if line.is_overdue and line.due:
        requests.append(gettext("How it stands now: it was due on %(day)s.", day=short_day(line.due.day)))
    return [str(text) for text in requests] or [str(gettext("To take note of its progress."))]
