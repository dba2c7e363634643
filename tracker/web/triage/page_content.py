"""What the page of one passage shows, worked out before the template sees it."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from sqlmodel import Session

from tracker.items.list_filter import ItemFilter
from tracker.items.models import ItemKind, Relation
from tracker.items.party_choices import Choice
from tracker.items.queries import ItemLine, listing, themes
from tracker.meetings.queries import milestones
from tracker.people.models import Person
from tracker.people.spoken_party import party_meant
from tracker.proposals import queries
from tracker.proposals.filters import OPEN
from tracker.proposals.models import Advice, Proposal, TriageState
from tracker.proposals.queries import ProposalEntry
from tracker.transcripts.speakers.speaking_for import SpokenCapacity
from tracker.transcripts.speech_runs import Paragraph, set_speeches
from tracker.transcripts.text_positions import Span
from tracker.transcripts.text_positions import context as words_around
from tracker.triage import passage_leases, second_person
from tracker.triage.decide_batch import DecidedBatch, last_batch
from tracker.triage.decisions import speaker_party
from tracker.triage.nearby_items import Nearby, nearby
from tracker.triage.passage_leases import Holder
from tracker.triage.passage_outcomes import OutcomeItem, outcomes
from tracker.triage.rapporteur_advice import Advised, advice_on
from tracker.triage.second_person import complains_of_secretariat
from tracker.triage.similar_proposals import Alike, alike, waiting_with
from tracker.web.app import context
from tracker.web.items.what_reader_may_do import parties_offered
from tracker.web.transcripts import speeches
from tracker.web.triage.capacity_guess import of_entry, ready
from tracker.web.triage.forms import LIKELY, AttachForm, ItemFromProposalForm, SetAsideForm, SnoozeForm, UndoTriageForm
from tracker.web.triage.queue_scope import TriageProgress, progress, scope

#: characters of the same speech that are shown on each side of a passage
AROUND = 500
#: how many items a single key can attach to; of these, how many are found by words at most
KEYED = 9
FOUND = 6
#: decisions that a whole group can follow
FOLLOWED = (TriageState.ITEM, TriageState.ATTACHED, TriageState.SET_ASIDE)


@dataclass(frozen=True)
class DecisionForms:
    """Every way to decide, filled in and ready."""

    accept: ItemFromProposalForm
    attach: AttachForm
    set_aside: SetAsideForm
    snooze: SnoozeForm
    undo: UndoTriageForm


@dataclass(frozen=True)
class Last:
    """What the reader decided last, so that they can undo it, or decide what is similar the same way."""

    proposal: Proposal
    outcome: OutcomeItem | None
    #: what was decided with it, where it was one of several
    batch: DecidedBatch | None
    #: how many passages wait in its group
    alike: int


@dataclass(frozen=True)
class Seconding:
    """Whether it takes two to set the passage aside, why, and who might be the second."""

    is_sensitive: bool
    seems_to_complain: bool
    #: the reader may take the mark back
    is_own_mark: bool
    #: who set it aside, where that is to be confirmed or was
    first: str | None
    seconds: list[Person]
    #: the reader may confirm it, or send it back
    may_confirm: bool

    @property
    def is_needed(self) -> bool:
        """Tell whether nobody may set it aside alone."""
        return self.is_sensitive or self.seems_to_complain


@dataclass(frozen=True)
class TriagePage:
    """Everything on the page of a passage."""

    entry: ProposalEntry
    progress: TriageProgress
    paragraphs: list[Paragraph]
    #: the same speech goes on before and after what is shown
    is_cut: tuple[bool, bool]
    href: str
    #: for whom it was spoken, by which way
    speaking: SpokenCapacity
    outcome: OutcomeItem | None
    is_open: bool
    nearby: list[Nearby]
    alike: list[Alike]
    #: what became of those alike, by proposal
    fates: dict[int, OutcomeItem]
    find: str
    found: list[ItemLine]
    themes: list[str]
    earlier: list[Proposal]
    #: something else waits
    is_more: bool
    last: Last | None
    forms: DecisionForms
    #: who else is looking at it
    holder: Holder | None
    advice: Advised | None
    seconding: Seconding
    is_secretariat: bool


def page(proposal: Proposal, refused: FlaskForm | None) -> TriagePage:
    """Return what to show; a refused form takes the place of the one that would be filled in."""
    session = context.session()
    body_id = context.body_id()
    reader = context.person().id
    entry = queries.entry(session, proposal)
    find = request.args.get("find", "")
    is_open = proposal.state in OPEN and not proposal.awaits_second
    paragraphs, is_cut = _around(entry)
    likes = alike(session, entry, scope())
    far = progress()
    number = proposal.id
    near = nearby(session, body_id, entry, context.sight()) if is_open else []
    found = _found(find, near)
    advice = advice_on(session, [number]).get(number)
    speaking = of_entry(entry)
    return TriagePage(
        entry=entry,
        progress=far,
        paragraphs=paragraphs,
        is_cut=is_cut,
        href=speeches.address(proposal.transcript_id, entry.passage.start, entry.passage.end),
        speaking=speaking,
        outcome=outcomes(session, [number], context.sight()).get(number),
        is_open=is_open,
        nearby=near[: KEYED - len(found)],  # what was looked for goes before what was guessed
        alike=likes,
        fates=outcomes(session, [one.entry.proposal.id for one in likes], context.sight()),
        find=find,
        found=found,
        themes=themes(session, body_id, context.sight()),
        earlier=queries.earlier(session, proposal),
        is_more=far.left > (1 if is_open else 0),
        last=_last(session, body_id, proposal),
        forms=_forms(entry, speaking, advice.advice if advice else None, refused),
        holder=passage_leases.held_by_others(session, [number], reader).get(number),
        advice=advice,
        seconding=_seconding(session, body_id, entry),
        is_secretariat=context.is_secretariat(),
    )


def _seconding(session: Session, body_id: int, entry: ProposalEntry) -> Seconding:
    proposal = entry.proposal
    reader = context.person().id
    first = session.get(Person, proposal.aside_by) if proposal.aside_by else None
    complains = complains_of_secretariat(entry.quote, proposal.addressee)
    is_needed = proposal.sensitive_by is not None or complains
    who = first.id if first else reader
    able = second_person.seconds_for(session, body_id, who, context.today()) if is_needed or first else []
    return Seconding(
        is_sensitive=proposal.sensitive_by is not None,
        seems_to_complain=complains,
        is_own_mark=proposal.sensitive_by == reader,
        first=first.name if first else None,
        seconds=able,
        may_confirm=proposal.awaits_second and any(one.id == reader for one in able),
    )


def _around(entry: ProposalEntry) -> tuple[list[Paragraph], tuple[bool, bool]]:
    """Return the passage, number 0, with what the same speaker said around it, and where that is cut off."""
    passage = entry.passage
    turn = entry.turn
    text = entry.text
    first = min(turn.start, passage.start) if turn else 0
    last = max(turn.end, passage.end) if turn else len(text)
    surroundings = words_around(text, passage.start, passage.end, AROUND)
    low = max(first, passage.start - len(surroundings.before))
    high = min(last, passage.end + len(surroundings.after))
    paragraphs = set_speeches(text, [Span(low, high)], [Span(passage.start, passage.end)])[0]
    return paragraphs, (low > first, high < last)


def _found(find: str, near: list[Nearby]) -> list[ItemLine]:
    """Return the items that have these words, but for those that stand there anyway."""
    if not find.strip():
        return []
    item_filter = ItemFilter(text=find[:200])
    there = {one.number for one in near[: KEYED - FOUND]}
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    lines = listing(session, body_id, sight, item_filter, today=context.today(), size=KEYED).lines
    return [line for line in lines if line.item.number not in there][:FOUND]


def _last(session: Session, body_id: int, proposal: Proposal) -> Last | None:
    reader = context.person().id
    decided = queries.last_decided(session, body_id, reader)
    batch = last_batch(session, body_id, reader, decided)
    if decided is None or (decided.id == proposal.id and batch is None):
        return None
    follows = decided.state in FOLLOWED
    likes = len(waiting_with(session, decided, context.now())) if follows else 0
    return Last(decided, outcomes(session, [decided.id], context.sight()).get(decided.id), batch, likes)


def _choices() -> list[Choice]:
    return parties_offered()


def accept_form(choices: list[Choice] | None = None, **options: object) -> ItemFromProposalForm:
    """Return the form of a new item with what there is to choose from."""
    offered = _choices() if choices is None else choices
    return ItemFromProposalForm(**options).offer(offered, milestones(context.session(), context.body_id()))


def _forms(
    entry: ProposalEntry, speaking: SpokenCapacity, advice: Advice | None, refused: FlaskForm | None
) -> DecisionForms:
    version = entry.proposal.version
    proposal = entry.proposal
    attaching = {
        "relation": LIKELY.get(proposal.kind, Relation.REPEATS),
        "capacity": ready(speaking),
    }
    fresh = DecisionForms(
        accept=_guessed(entry, speaking, _advised(advice, TriageState.ITEM)),
        attach=AttachForm(formdata=None, version=version, **attaching | _advised(advice, TriageState.ATTACHED)).offer(),
        set_aside=SetAsideForm(formdata=None, version=version, **_advised(advice, TriageState.SET_ASIDE)).offer(),
        snooze=SnoozeForm(formdata=None, version=version),
        undo=UndoTriageForm(formdata=None, version=version),
    )
    if refused is None:
        return fresh
    return DecisionForms(
        **{name: refused if type(refused) is type(form) else form for name, form in vars(fresh).items()}
    )


def _advised(advice: Advice | None, state: TriageState) -> dict[str, Any]:
    """Return the form that a rapporteur filled in, if it is the one they advise."""
    if advice and advice.state is state:
        return advice.fields
    return {}


def _guessed(entry: ProposalEntry, speaking: SpokenCapacity, advised: dict[str, Any]) -> ItemFromProposalForm:
    """Return the form of a new item with what was guessed or advised: nothing is taken before a person sends it."""
    choices = _choices()
    proposal = entry.proposal
    names = {one.id: one.name for one in choices}
    slugs = {one.id: one.slug for one in choices}
    kinds = {kind.value for kind in ItemKind}
    guessed = {
        "title": proposal.title,
        "kind": proposal.kind.value if proposal.kind.value in kinds else ItemKind.RECOMMENDATION.value,
        "addressee": None if proposal.hole else party_meant(proposal.addressee, names, slugs),
        "milestone": proposal.milestone_id,
        "put_forward_by": speaker_party(context.session(), proposal),
        "capacity": ready(speaking),
    }
    return accept_form(choices, formdata=None, version=proposal.version, **guessed | advised)
