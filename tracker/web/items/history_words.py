"""What was done to an item, each verb one sentence after the name of who did it."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import gettext, lazy_gettext

from tracker.history_verbs import Verb
from tracker.items.models import LinkKind, Relation, SendWay
from tracker.web.items.addressee_words import BY_WAYS

#: verbs that speak of nobody and nothing else
VERBS: dict[str, Any] = {
    Verb.CREATED: lazy_gettext("began this item"),
    Verb.EDITED: lazy_gettext("edited it"),
    Verb.PUBLISHED: lazy_gettext("published it"),
    Verb.UNPUBLISHED: lazy_gettext("made it internal again"),
    Verb.DUE_DATE_SET: lazy_gettext("set the due date"),
    Verb.PROMISE_NOTED: lazy_gettext("noted the day first set"),
    Verb.CONDITION_MET: lazy_gettext("noted that the condition was met"),
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("accepted to own it"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("declined to own it"),
    Verb.ANSWERERS_NAMED: lazy_gettext("named who answers for the owner"),
    Verb.PROPOSER_VIEW_RECORDED: lazy_gettext("recorded what a proposer or supporter says"),
    Verb.PROPOSAL_ACCEPTED: lazy_gettext("made it of a proposal"),
    Verb.PROPOSAL_DETACHED: lazy_gettext("detached a proposal"),
    Verb.UPDATED: lazy_gettext("wrote an update"),
    Verb.UPDATE_UNDONE: lazy_gettext("took an update back"),
    Verb.NOTE_SHOWN: lazy_gettext("changed who may read an update"),
    Verb.NOTES_IMPORTED: lazy_gettext("took in notes of a file"),
    Verb.PASSAGES_CITED: lazy_gettext("pointed to what was said"),
    Verb.MOVED: lazy_gettext("moved its milestone"),
    Verb.PARTING_NOTE_WRITTEN: lazy_gettext("wrote a note for whoever comes after"),
    Verb.WAITS_FOR_ANOTHER: lazy_gettext("took over being waited for"),
    Verb.PUT_ON_THE_AGENDA: lazy_gettext("put it on an agenda"),
    Verb.TAKEN_OFF_THE_AGENDA: lazy_gettext("took it off an agenda"),
    Verb.OUTCOME_NOTED: lazy_gettext("noted what became of it in the room"),
    Verb.WORDS_ERASED: lazy_gettext("erased what a person had written here"),
}
#: verbs that name a party or a person, which is then not said a second time
ABOUT: dict[str, Any] = {
    Verb.OWNERSHIP_REQUESTED: lazy_gettext("asked %(party)s to own it"),
    Verb.OWNERSHIP_PASSED_ON: lazy_gettext("passed the request on from %(party)s to %(to)s"),
    Verb.REQUEST_WITHDRAWN: lazy_gettext("took the request to %(party)s back"),
    Verb.OWNERSHIP_ENDED: lazy_gettext("noted that %(party)s no longer owns it"),
    Verb.HELPER_ADDED: lazy_gettext("noted that %(person)s helps"),
    Verb.HELPER_REMOVED: lazy_gettext("noted that %(person)s no longer helps"),
    Verb.ADDRESSEE_ADDED: lazy_gettext("noted that %(party)s is asked to act"),
    Verb.ADDRESSEE_REMOVED: lazy_gettext("took back that %(party)s is asked to act"),
    Verb.SENT_TO_ADDRESSEE: lazy_gettext("put it to %(party)s %(way)s"),
    Verb.SENDING_UNDONE: lazy_gettext("took back that it was put to %(party)s"),
    Verb.RESPONSE_RECORDED: lazy_gettext("recorded the answer of %(party)s"),
    Verb.POSITION_NOTED: lazy_gettext("noted where %(party)s stands"),
    Verb.POSITION_CORRECTED: lazy_gettext("corrected where %(party)s stands"),
    Verb.POSITION_REMOVED: lazy_gettext("took out where %(party)s stands"),
}
#: verbs of which the words depend on what kind of thing happened
OF_KINDS = frozenset({Verb.PROPOSAL_ATTACHED, Verb.LINKED, Verb.LINKED_FROM, Verb.UNLINKED, Verb.UNLINKED_FROM})
#: verbs that no page says, and why
UNSAID = {Verb.REMOVED: "the item is gone, and its page with it"}
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
PASSIVES: dict[str, Any] = {
    Verb.CREATED: lazy_gettext("This item was begun"),
    Verb.PUBLISHED: lazy_gettext("It was published"),
    Verb.DUE_DATE_SET: lazy_gettext("The due date was set"),
    Verb.MOVED: lazy_gettext("Its milestone was moved"),
    Verb.SENT_TO_ADDRESSEE: lazy_gettext("It was put to a party"),
    Verb.RESPONSE_RECORDED: lazy_gettext("An answer was recorded"),
    Verb.OWNERSHIP_REQUESTED: lazy_gettext("Somebody was asked to own it"),
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("The request to own it was accepted"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("The request to own it was declined"),
    Verb.OWNERSHIP_PASSED_ON: lazy_gettext("The request to own it was passed on"),
    Verb.UPDATED: lazy_gettext("An update was written"),
    Verb.PASSAGES_CITED: lazy_gettext("Its words were pointed to"),
}


class ValueWords(Protocol):
    """What gives the words of a value of an event."""

    def __call__(self, name: str) -> str:
        """Return what a person reads for the value of that name, after what happened or else before it."""


def sentence(verb: str, after: Mapping[str, Any], said: ValueWords) -> tuple[str, frozenset[str]]:
    """Return what was done, and the names of the values that it says already."""
    if verb in ABOUT:
        return _about(verb, after, said)
    if verb == Verb.PROPOSAL_ATTACHED:
        return str(ATTACHED[Relation(after["relation"])]), frozenset({"relation"})
    if verb in (Verb.LINKED, Verb.LINKED_FROM):
        kind = LinkKind(after["kind"])
        return str((LINKED if verb == Verb.LINKED else LINKED_FROM)[kind]) % {"other": said("other")}, frozenset(LINK)
    if verb in (Verb.UNLINKED, Verb.UNLINKED_FROM):
        return str(UNLINKED) % {"other": said("other")}, frozenset(LINK)
    return str(VERBS.get(verb) or gettext("changed it")), frozenset()


LINK = ("kind", "other")


def _about(verb: str, after: Mapping[str, Any], said: ValueWords) -> tuple[str, frozenset[str]]:
    values = {name: said(name) or str(gettext("somebody")) for name in ("party", "to", "person")}
    way = str(BY_WAYS[SendWay(after["way"])]) if "way" in after else ""
    return str(ABOUT[verb]) % {**values, "way": way}, frozenset({*values, "way"})
