"""The keys of a passage's page, in the order in which the page tells them."""

from flask_babel import gettext

from tracker.proposals.models import AsideReason
from tracker.web.app.value_words import word
from tracker.web.triage.forms import KEYS


def keys(*, is_secretariat: bool, has_advice: bool) -> list[tuple[str, str]]:
    """Return each key with what it does for this reader."""
    found = [("i", gettext("create the item")), ("1 … 9", gettext("attach it to that item of the list"))]
    found += [("f", gettext("find an item by its words"))]
    found += [(KEYS[reason], gettext("set aside: %(reason)s", reason=word(reason))) for reason in AsideReason]
    if is_secretariat:
        found += [("s", gettext("snooze for a week")), ("t", gettext("decide similar ones the same way as the last"))]
        found += [("v", gettext("mark it sensitive"))]
        found += [("y", gettext("decide as the rapporteur advises"))] if has_advice else []
    return [*found, ("u", gettext("undo the last decision")), ("n", gettext("skip to the next"))]
