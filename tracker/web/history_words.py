"""What was done to an item, each verb one sentence after the name of who did it."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import gettext, lazy_gettext

from tracker.items.models import LinkKind, PutWay, Relation
from tracker.web.asked_words import BY_WAYS

#: verbs that speak of nobody and nothing else
VERBS = {
    "created": lazy_gettext("began this item"),
    "edited": lazy_gettext("edited it"),
    "published": lazy_gettext("published it"),
    "unpublished": lazy_gettext("made it internal again"),
    "due date set": lazy_gettext("set the due date"),
    "promise noted": lazy_gettext("noted the day first promised"),
    "condition met": lazy_gettext("noted that the condition was met"),
    "ownership accepted": lazy_gettext("accepted to own it"),
    "ownership declined": lazy_gettext("declined to own it"),
    "answerers named": lazy_gettext("named who answers for the owner"),
    "asker heard": lazy_gettext("recorded what the asker says"),
    "proposal accepted": lazy_gettext("made it of a proposal"),
    "proposal detached": lazy_gettext("detached a proposal"),
    "updated": lazy_gettext("wrote an update"),
    "update taken back": lazy_gettext("took an update back"),
    "note shown": lazy_gettext("changed who may read an update"),
    "notes taken in": lazy_gettext("took in notes of a file"),
    "passages cited": lazy_gettext("pointed to what was said"),
    "moved": lazy_gettext("moved its milestone"),
    "parting note written": lazy_gettext("wrote a note for whoever comes after"),
    "waits for another": lazy_gettext("took over being waited for"),
    "put on the agenda": lazy_gettext("put it on an agenda"),
    "taken off the agenda": lazy_gettext("took it off an agenda"),
    "outcome noted": lazy_gettext("noted what became of it in the room"),
    "words erased": lazy_gettext("erased what a person had written here"),
}
#: verbs that name a party or a person, which is then not said a second time
ABOUT = {
    "asked to own": lazy_gettext("asked %(party)s to own it"),
    "ownership passed on": lazy_gettext("passed the request on from %(party)s to %(to)s"),
    "request withdrawn": lazy_gettext("took the request to %(party)s back"),
    "ownership ended": lazy_gettext("noted that %(party)s no longer owns it"),
    "helper added": lazy_gettext("noted that %(person)s helps"),
    "helper removed": lazy_gettext("noted that %(person)s no longer helps"),
    "asked party named": lazy_gettext("noted that %(party)s is asked to act"),
    "asked party dropped": lazy_gettext("took back that %(party)s is asked to act"),
    "put to party": lazy_gettext("put it to %(party)s %(way)s"),
    "putting taken back": lazy_gettext("took back that it was put to %(party)s"),
    "response recorded": lazy_gettext("recorded the answer of %(party)s"),
    "position noted": lazy_gettext("noted where %(party)s stands"),
    "position corrected": lazy_gettext("corrected where %(party)s stands"),
    "position removed": lazy_gettext("took out where %(party)s stands"),
}
LINKED = {
    LinkKind.REPEATS: lazy_gettext("noted that it repeats item %(other)s"),
    LinkKind.REFINES: lazy_gettext("noted that it refines item %(other)s"),
    LinkKind.DEPENDS_ON: lazy_gettext("noted that it depends on item %(other)s"),
    LinkKind.SUPERSEDES: lazy_gettext("noted that it supersedes item %(other)s"),
    LinkKind.ANSWERED_BY: lazy_gettext("noted that item %(other)s answers it"),
}
LINKED_FROM = {
    LinkKind.REPEATS: lazy_gettext("noted that item %(other)s repeats it"),
    LinkKind.REFINES: lazy_gettext("noted that item %(other)s refines it"),
    LinkKind.DEPENDS_ON: lazy_gettext("noted that item %(other)s depends on it"),
    LinkKind.SUPERSEDES: lazy_gettext("noted that item %(other)s supersedes it"),
    LinkKind.ANSWERED_BY: lazy_gettext("noted that it answers item %(other)s"),
}
UNLINKED = lazy_gettext("took back how it stands to item %(other)s")
ATTACHED = {
    Relation.NEW: lazy_gettext("made it of a proposal"),
    Relation.REPEATS: lazy_gettext("attached a proposal that repeats it"),
    Relation.REFINES: lazy_gettext("attached a proposal that refines it"),
    Relation.SUPPORTS: lazy_gettext("attached a proposal that supports it"),
    Relation.OBJECTS: lazy_gettext("attached a proposal that objects to it"),
    Relation.ANSWERS: lazy_gettext("attached a proposal that answers it"),
    Relation.COVERED: lazy_gettext("found its own words in the transcript"),
}
#: the same where no person is to be named: a reader from outside is told none, and an import or a job is none
PASSIVES = {
    "created": lazy_gettext("This item was begun"),
    "published": lazy_gettext("It was published"),
    "due date set": lazy_gettext("The due date was set"),
    "moved": lazy_gettext("Its milestone was moved"),
    "put to party": lazy_gettext("It was put to a party"),
    "response recorded": lazy_gettext("An answer was recorded"),
    "asked to own": lazy_gettext("Somebody was asked to own it"),
    "ownership accepted": lazy_gettext("The request to own it was accepted"),
    "ownership declined": lazy_gettext("The request to own it was declined"),
    "ownership passed on": lazy_gettext("The request to own it was passed on"),
    "updated": lazy_gettext("An update was written"),
    "passages cited": lazy_gettext("Its words were pointed to"),
}


class Said(Protocol):
    """What gives the words of a value of an event."""

    def __call__(self, name: str) -> str:
        """Return what a person reads for the value of that name, after what happened or else before it."""


def sentence(verb: str, after: Mapping[str, Any], said: Said) -> tuple[str, frozenset[str]]:
    """Return what was done, and the names of the values that it says already."""
    if verb in ABOUT:
        return _about(verb, after, said)
    if verb == "proposal attached":
        return str(ATTACHED[Relation(after["relation"])]), frozenset({"relation"})
    if verb in ("linked", "linked from"):
        kind = LinkKind(after["kind"])
        return str((LINKED if verb == "linked" else LINKED_FROM)[kind]) % {"other": said("other")}, frozenset(LINK)
    if verb in ("unlinked", "unlinked from"):
        return str(UNLINKED) % {"other": said("other")}, frozenset(LINK)
    return str(VERBS.get(verb) or gettext("changed it")), frozenset()


LINK = ("kind", "other")


def _about(verb: str, after: Mapping[str, Any], said: Said) -> tuple[str, frozenset[str]]:
    values = {name: said(name) or str(gettext("somebody")) for name in ("party", "to", "person")}
    way = str(BY_WAYS[PutWay(after["way"])]) if "way" in after else ""
    return str(ABOUT[verb]) % {**values, "way": way}, frozenset({*values, "way"})
