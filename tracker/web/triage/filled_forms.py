"""The forms of triage with what was guessed or advised already in them: a person who sends one accepts it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.detector.due_words import means_last_day
from tracker.items.models import Capacity, Channel, DueFrom, ItemKind, Relation
from tracker.items.party_choices import Choice
from tracker.meetings.queries import milestones
from tracker.people.spoken_party import party_meant
from tracker.proposals.models import Advice, Proposal, TriageState
from tracker.proposals.queries import ProposalEntry, entry
from tracker.text import clean_or_none
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, speaking
from tracker.triage.decisions import speaker_party
from tracker.triage.rapporteur_advice import Advised
from tracker.triage.whose_words import may_be_reported
from tracker.web.app import context
from tracker.web.items.what_reader_may_do import parties_offered
from tracker.web.triage.forms import (
    AttachForm,
    ItemFromProposalForm,
    SetAsideForm,
    likely_relation,
)

#: kinds that an item may have as well: a proposal may also be a support or an objection
ITEM_KINDS = frozenset(kind.value for kind in ItemKind)


@dataclass(frozen=True)
class LikelyAttachment:
    """How a passage most likely relates to an item that is there, and in what capacity it was spoken."""

    relation: Relation
    capacity: str


def likely_attachment(shown: ProposalEntry, spoken: SpokenCapacity) -> LikelyAttachment:
    """Return what one press attaches the passage as."""
    return LikelyAttachment(likely_relation(shown.proposal.kind, shown.quote), capacity_guessed(spoken))


def filled_form(
    decide: str, shown: ProposalEntry, spoken: SpokenCapacity, advised: Advised | None
) -> ItemFromProposalForm | AttachForm:
    """Return the form of an item or an attachment for a passage, with what was guessed or advised."""
    advice = None
    if advised:
        advice = advised.advice
    if decide == "attach":
        return _attach_form(shown, spoken, _advised(advice, TriageState.ATTACHED))
    return _item_form(shown, spoken, parties_offered(), _advised(advice, TriageState.ITEM))


def _advised(advice: Advice | None, state: TriageState) -> dict[str, Any]:
    """Return the form that a rapporteur filled in, if it is the one they advise."""
    if advice and advice.state is state:
        return advice.fields
    return {}


def _item_form(
    shown: ProposalEntry, spoken: SpokenCapacity, choices: list[Choice], advised: dict[str, Any]
) -> ItemFromProposalForm:
    """Return the form of a new item; what a rapporteur advises goes before what was guessed."""
    proposal = shown.proposal
    proposer = _proposer_guessed(proposal, spoken, choices)
    kind = ItemKind.RECOMMENDATION.value
    if proposal.kind.value in ITEM_KINDS:
        kind = proposal.kind.value
    guessed = {
        "title": proposal.item_title,
        "kind": kind,
        "addressee": _party_addressed(proposal, choices),
        "milestone": proposal.milestone_id,
        "due_from": _due_from(proposal).value,
        "put_forward_by": proposer,
        "reported_name": _name_in_words(spoken, proposer),
        "capacity": capacity_guessed(spoken),
    }
    return item_form(formdata=None, version=proposal.version, **guessed | advised)


def _due_from(proposal: Proposal) -> DueFrom:
    """Return the day of the milestone that the words mean: the last for `at the next meeting`."""
    if proposal.milestone_id is not None and means_last_day(proposal.due_hint):
        return DueFrom.LAST_DAY
    return DueFrom.FIRST_DAY


def item_form(**options: object) -> ItemFromProposalForm:
    """Return the form of a new item with what there is to choose from."""
    return ItemFromProposalForm(**options).offer(milestones(context.session(), context.body_id()))


def _party_addressed(proposal: Proposal, choices: list[Choice]) -> int | None:
    """Return the party that the addressee's words mean."""
    # Where a word was not heard it may have been the name itself.
    if proposal.hole:
        return None
    return _choice_meant(proposal.addressee, choices)


def _choice_meant(words: str | None, choices: list[Choice]) -> int | None:
    """Return the party among these choices that the words name, if they name one."""
    names = {choice.id: choice.name for choice in choices}
    slugs = {choice.id: choice.slug for choice in choices}
    return party_meant(words, names, slugs)


def _attach_form(shown: ProposalEntry, spoken: SpokenCapacity, advised: dict[str, Any]) -> AttachForm:
    guessed = vars(likely_attachment(shown, spoken))
    return attach_form(formdata=None, version=shown.proposal.version, **guessed | advised)


def attach_form(**options: Any) -> AttachForm:
    """Return the form that ties a passage to an item, with what there is to choose from."""
    return AttachForm(**options).offer()


def _proposer_guessed(proposal: Proposal, spoken: SpokenCapacity, choices: list[Choice]) -> int | None:
    """Return who speaks; where others may be told of, the group or session that the words name, else nobody."""
    if not may_be_reported(context.session(), proposal):
        return speaker_party(context.session(), proposal)
    return _choice_meant(spoken.capacity_of, choices)


def _name_in_words(spoken: SpokenCapacity, proposer: int | None) -> str | None:
    """Return the group or session that the words name, where it is no party that the form offers."""
    if proposer is None:
        return clean_or_none(spoken.capacity_of)
    return None


def set_aside_form(**fields: Any) -> SetAsideForm:
    """Return the form that sets a passage aside, filled in by the program rather than by a request."""
    return SetAsideForm(formdata=None, **fields).offer()


def spoken_capacity(session: Session, proposal: Proposal) -> SpokenCapacity:
    """Return for whom the passage was spoken: what a person said of its turn, else what the words say."""
    return spoken_capacity_of(entry(session, proposal))


def spoken_capacity_of(shown: ProposalEntry) -> SpokenCapacity:
    """Return the same of a passage whose words have been read."""
    if shown.turn is None:
        return SpokenCapacity()
    return speaking(shown.text, shown.turn, shown.passage.start, shown.passage.end)


def capacity_guessed(spoken: SpokenCapacity) -> str:
    """Return the capacity that a form is filled in with."""
    return spoken.capacity or Capacity.NOT_STATED.value


def party_and_channel(spoken: SpokenCapacity, capacity: str) -> tuple[str | None, Channel]:
    """Return for whom and by which way the passage was spoken."""
    # The party was guessed with its capacity: whoever chose another capacity did not accept the party either.
    party = None
    if spoken.capacity == capacity:
        party = spoken.capacity_of
    channel = Channel.IN_THE_ROOM
    if spoken.channel:
        channel = Channel(spoken.channel)
    return party, channel
