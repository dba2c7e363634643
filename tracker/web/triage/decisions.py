"""What each form of triage does to a passage when the secretariat sends it, or takes a rapporteur's advice over."""

from dataclasses import replace

from tracker.errors import Refused
from tracker.items.models import Capacity, Item, Relation
from tracker.items.queries import item_by_number
from tracker.proposals.models import Advice, AsideReason, Proposal, TriageState
from tracker.text import clean_or_none
from tracker.transcripts.models import Passage
from tracker.transcripts.speakers.speaking_for import SpokenCapacity
from tracker.triage import changes
from tracker.triage import decisions as verbs
from tracker.triage.whose_words import WhoseWords, party_in_words
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.items.what_reader_may_do import parties_offered
from tracker.web.triage.filled_forms import attach_form, item_form, party_and_channel, set_aside_form, spoken_capacity
from tracker.web.triage.forms import AttachForm, ItemFromProposalForm, SetAsideForm


def make_item(form: ItemFromProposalForm, proposal: Proposal) -> Item:
    """Make a new item of the passage."""
    session = context.session()
    body_id = context.body_id()
    speaker = session.get_one(Passage, proposal.passage_id).speaker_id
    spoken = spoken_capacity(session, proposal)
    if form.whose.data is WhoseWords.REPORTED:
        form.put_forward_by.data = _reported_party(form.put_forward_by.data, form.reported_name.data, spoken)
    party, channel = party_and_channel(spoken, form.capacity.data)
    new = form.item(verbs.speaker_party(session, proposal), speaker)
    new = replace(new, capacity_of=party, channel=channel)
    return verbs.accept(session, proposal, new, body_id=body_id, whose=form.whose.data, **acting())


def attach(form: AttachForm, proposal: Proposal) -> Item:
    """Tie the passage to an item that is there; raises Refused where it is not."""
    item = item_here(form.wanted())
    relation = Relation(form.relation.data)
    stance = None
    # Others are no positions: the field may still hold what was chosen before the relation was.
    if relation in verbs.STANDS:
        stance = form.stance.data
    spoken = spoken_capacity(context.session(), proposal)
    reported_of = None
    if form.whose.data is WhoseWords.REPORTED:
        reported_of = _reported_party(form.reported_of.data, form.reported_name.data, spoken)
    party, channel = party_and_channel(spoken, form.capacity.data)
    verbs.attach(
        context.session(),
        proposal,
        item,
        relation,
        stance=stance,
        capacity=Capacity(form.capacity.data),
        capacity_of=party,
        channel=channel,
        whose=form.whose.data,
        reported_of=reported_of,
        **acting(),
    )
    return item


def _reported_party(chosen: int | None, words: str | None, spoken: SpokenCapacity) -> int | None:
    """Return the party whose words were reported: the one chosen, else the one named in words.

    Raises Refused where the reader chose one and named another.
    """
    name = clean_or_none(words)
    if name is None or (chosen and name == clean_or_none(spoken.capacity_of)):
        # What the form was filled in with gives way to a choice from the list.
        return chosen
    if chosen:
        raise Refused("Choose from the list or name a group, not both.", "reported_name")
    names = {choice.id: choice.name for choice in parties_offered()}
    return party_in_words(context.session(), context.body_id(), name, names, **acting())


def item_here(number: int) -> Item:
    """Return that item of the register; raises Refused where there is none."""
    item = item_by_number(context.session(), context.body_id(), number, context.sight())
    if item is None:
        raise Refused("There is no item %(number)s here. Correct the number.", "number", number=number)
    return item


def set_aside(form: SetAsideForm, proposal: Proposal) -> None:
    """Take the passage out of the queue for a reason."""
    reason = AsideReason(form.reason.data)
    note = form.note.data
    changes.set_aside(context.session(), proposal, reason, note=note, **acting())


def as_advised(advice: Advice, proposal: Proposal) -> None:
    """Decide of the passage what its rapporteur would; raises Refused where that cannot be any more."""
    match advice.state:
        case TriageState.ITEM:
            make_item(item_form(formdata=None, data=advice.fields), proposal)
        case TriageState.ATTACHED:
            attach(attach_form(formdata=None, data=advice.fields), proposal)
        case _:
            set_aside(set_aside_form(data=advice.fields), proposal)
