"""The verbs of an item's history in words: each follows the name of who did it."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import gettext, lazy_gettext

from tracker.history_verbs import Verb
from tracker.items.models import LinkKind, Relation
from tracker.items.party_models import SendWay
from tracker.web.items.addressee_words import BY_WAYS

#: verbs that name no party, person or item
VERBS: dict[str, Any] = {
    Verb.CREATED: lazy_gettext("created this item"),
    Verb.EDITED: lazy_gettext("edited it"),
    Verb.PUBLISHED: lazy_gettext("published it"),
    Verb.UNPUBLISHED: lazy_gettext("made it internal again"),
    Verb.DUE_DATE_SET: lazy_gettext("set the due date"),
    Verb.PROMISE_NOTED: lazy_gettext("recorded the first due date"),
    Verb.CONDITION_MET: lazy_gettext("recorded that the condition is met"),
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("accepted to own it"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("declined to own it"),
    Verb.ANSWERERS_NAMED: lazy_gettext("named who answers for the owner"),
    Verb.PROPOSER_VIEW_RECORDED: lazy_gettext("recorded the view of a proposer or supporter"),
    Verb.PROPOSAL_ACCEPTED: lazy_gettext("created this item from a proposal"),
    Verb.PROPOSAL_DETACHED: lazy_gettext("detached a proposal"),
    Verb.SPEAKER_FOLLOWED: lazy_gettext("settled who speaks in its passage"),
    Verb.OWN_WORDS_CONFIRMED: lazy_gettext("confirmed that a passage gives the speaker's own words"),
    Verb.UPDATED: lazy_gettext("wrote an update"),
    Verb.UPDATE_UNDONE: lazy_gettext("undid an update"),
    Verb.NOTE_SHOWN: lazy_gettext("changed who may read an update"),
    Verb.NOTES_IMPORTED: lazy_gettext("imported notes from a file"),
    Verb.PASSAGES_CITED: lazy_gettext("linked passages to it"),
    Verb.MOVED: lazy_gettext("moved its milestone"),
    Verb.PARTING_NOTE_WRITTEN: lazy_gettext("wrote a note for the successor"),
    Verb.WAITS_FOR_ANOTHER: lazy_gettext("became the party that it waits for"),
    Verb.PUT_ON_THE_AGENDA: lazy_gettext("put it on an agenda"),
    Verb.TAKEN_OFF_THE_AGENDA: lazy_gettext("took it off an agenda"),
    Verb.OUTCOME_NOTED: lazy_gettext("recorded what happened to it in the room"),
    Verb.WORDS_ERASED: lazy_gettext("erased a person's words here"),
}
#: verbs that name a party or a person; the line then does not repeat it among its values
ABOUT: dict[str, Any] = {
    Verb.OWNERSHIP_REQUESTED: lazy_gettext("asked %(party)s to own it"),
    Verb.OWNERSHIP_PASSED_ON: lazy_gettext("passed the request to own it on from %(party)s to %(to)s"),
    Verb.REQUEST_WITHDRAWN: lazy_gettext("withdrew the request to %(party)s"),
    Verb.OWNERSHIP_ENDED: lazy_gettext("ended the ownership of %(party)s"),
    Verb.ANSWER_UNDONE: lazy_gettext("undid the answer of %(party)s"),
    Verb.SECOND_PERSON_TOLD: lazy_gettext("told the second person, %(person)s, that nobody has answered"),
    Verb.HELPER_ADDED: lazy_gettext("added %(person)s as helper"),
    Verb.HELPER_REMOVED: lazy_gettext("removed %(person)s as helper"),
    Verb.ADDRESSEE_ADDED: lazy_gettext("added %(party)s as addressee"),
    Verb.ADDRESSEE_REMOVED: lazy_gettext("removed %(party)s as addressee"),
    Verb.SENT_TO_ADDRESSEE: lazy_gettext("sent it to %(party)s %(way)s"),
    Verb.SENDING_UNDONE: lazy_gettext("undid the sending to %(party)s"),
    Verb.RESPONSE_RECORDED: lazy_gettext("recorded the response of %(party)s"),
    Verb.POSITION_NOTED: lazy_gettext("added the position of %(party)s"),
    Verb.POSITION_CORRECTED: lazy_gettext("corrected the position of %(party)s"),
    Verb.POSITION_REMOVED: lazy_gettext("removed the position of %(party)s"),
}
#: what somebody recorded for a party, which has not done it themselves: "accepted" would claim that it has
RECORDED: dict[str, Any] = {
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("recorded for %(recorded_for)s that they will see it through (%(on_word)s)"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("recorded for %(recorded_for)s that it is not theirs (%(on_word)s)"),
    Verb.OWNERSHIP_PASSED_ON: lazy_gettext("recorded for %(recorded_for)s that they pass it to %(to)s (%(on_word)s)"),
    Verb.OWNERSHIP_ENDED: lazy_gettext("recorded for %(recorded_for)s that it is no longer theirs (%(on_word)s)"),
    Verb.DUE_DATE_SET: lazy_gettext("recorded for %(recorded_for)s a new due date (%(on_word)s)"),
    Verb.UPDATED: lazy_gettext("recorded for %(recorded_for)s an update (%(on_word)s)"),
}
#: verbs of which the words depend on what kind of thing happened
OF_KINDS = frozenset({Verb.PROPOSAL_ATTACHED, Verb.LINKED, Verb.LINKED_FROM, Verb.UNLINKED, Verb.UNLINKED_FROM})
#: verbs that no page shows, and why
UNSAID = {Verb.REMOVED: "the item is gone, and its page with it"}
LINKED = {
    LinkKind.REPEATS: lazy_gettext("recorded that it repeats item %(other)s"),
    LinkKind.REFINES: lazy_gettext("recorded that it refines item %(other)s"),
    LinkKind.DEPENDS_ON: lazy_gettext("recorded that it depends on item %(other)s"),
    LinkKind.SUPERSEDES: lazy_gettext("recorded that it supersedes item %(other)s"),
    LinkKind.ANSWERED_BY: lazy_gettext("recorded that item %(other)s answers it"),
}
LINKED_FROM = {
    LinkKind.REPEATS: lazy_gettext("recorded that item %(other)s repeats it"),
    LinkKind.REFINES: lazy_gettext("recorded that item %(other)s refines it"),
    LinkKind.DEPENDS_ON: lazy_gettext("recorded that item %(other)s depends on it"),
    LinkKind.SUPERSEDES: lazy_gettext("recorded that item %(other)s supersedes it"),
    LinkKind.ANSWERED_BY: lazy_gettext("recorded that it answers item %(other)s"),
}
UNLINKED = lazy_gettext("removed the link to item %(other)s")
ATTACHED = {
    Relation.NEW: lazy_gettext("created this item from a proposal"),
    Relation.REPEATS: lazy_gettext("attached a proposal that repeats it"),
    Relation.REFINES: lazy_gettext("attached a proposal that refines it"),
    Relation.SUPPORTS: lazy_gettext("attached a proposal that supports it"),
    Relation.OBJECTS: lazy_gettext("attached a proposal that objects to it"),
    Relation.ASKS: lazy_gettext("attached a proposal that asks about it"),
    Relation.ANSWERS: lazy_gettext("attached a proposal that answers it"),
    Relation.COVERED: lazy_gettext("attached the proposal that the transcript holds of it"),
}
#: sentences that name no person: outsiders read no names, and an import or a job is not a person
PASSIVES: dict[str, Any] = {
    Verb.CREATED: lazy_gettext("This item was created"),
    Verb.PUBLISHED: lazy_gettext("It was published"),
    Verb.DUE_DATE_SET: lazy_gettext("The due date was set"),
    Verb.MOVED: lazy_gettext("Its milestone was moved"),
    Verb.SENT_TO_ADDRESSEE: lazy_gettext("It was sent to an addressee"),
    Verb.RESPONSE_RECORDED: lazy_gettext("A response was recorded"),
    Verb.OWNERSHIP_REQUESTED: lazy_gettext("A request to own it was sent"),
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("The request to own it was accepted"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("The request to own it was declined"),
    Verb.OWNERSHIP_PASSED_ON: lazy_gettext("The request to own it was passed on"),
    Verb.UPDATED: lazy_gettext("An update was written"),
    Verb.PASSAGES_CITED: lazy_gettext("Passages were linked to it"),
}


#: the same of what somebody recorded for a party
RECORDED_PASSIVES: dict[str, Any] = {
    Verb.OWNERSHIP_ACCEPTED: lazy_gettext("The answer to the request to own it was recorded"),
    Verb.OWNERSHIP_DECLINED: lazy_gettext("The answer to the request to own it was recorded"),
}


class ValueWords(Protocol):
    """What gives the words of a value of an event."""

    def __call__(self, name: str) -> str:
        """Return what a person reads for the value of that name, after what happened or else before it."""


def sentence(verb: str, after: Mapping[str, Any], value_words: ValueWords) -> tuple[str, frozenset[str]]:
    """Return the sentence, and the names of the event's values that it already says."""
    if "recorded_for" in after and verb in RECORDED:
        names = {name: value_words(name) or str(gettext("somebody")) for name in ("recorded_for", "on_word", "to")}
        return str(RECORDED[verb]) % names, frozenset({"party", *names})
    # Sentences with a name need the whole sentence for each verb: other languages order the words differently.
    if verb in ABOUT:
        return _about(verb, after, value_words)
    if verb == Verb.PROPOSAL_ATTACHED:
        return str(ATTACHED[Relation(after["relation"])]), frozenset({"relation"})
    if verb in (Verb.LINKED, Verb.LINKED_FROM):
        kind = LinkKind(after["kind"])
        sentences = LINKED if verb == Verb.LINKED else LINKED_FROM
        return str(sentences[kind]) % {"other": value_words("other")}, frozenset(LINK)
    if verb in (Verb.UNLINKED, Verb.UNLINKED_FROM):
        return str(UNLINKED) % {"other": value_words("other")}, frozenset(LINK)
    return str(VERBS.get(verb) or gettext("changed it")), frozenset()


# The sentence of a link says both, so the list of values below it does not.
LINK = ("kind", "other")


def _about(verb: str, after: Mapping[str, Any], value_words: ValueWords) -> tuple[str, frozenset[str]]:
    values = {name: value_words(name) or str(gettext("somebody")) for name in ("party", "to", "person")}
    values["way"] = ""
    if "way" in after:
        values["way"] = str(BY_WAYS[SendWay(after["way"])])
    return str(ABOUT[verb]) % values, frozenset(values)
