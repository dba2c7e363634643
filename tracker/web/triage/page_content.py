"""What the page of one passage shows, worked out before the template sees it."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlmodel import Session

from tracker.items.lines import ItemLine
from tracker.items.list_filter import ItemFilter
from tracker.items.queries import listing, themes
from tracker.people.models import Person
from tracker.proposals import queries
from tracker.proposals.filters import OPEN
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.proposals.queries import PlaceInTranscript, ProposalEntry
from tracker.transcripts.quotes import Quote, quotes
from tracker.transcripts.speakers.speaking_for import SpokenCapacity
from tracker.transcripts.speech_runs import Paragraph, set_speeches
from tracker.transcripts.text_positions import Span
from tracker.transcripts.text_positions import context as words_around
from tracker.triage import passage_leases, second_person
from tracker.triage.decide_batch import DecidedBatch, last_batch
from tracker.triage.nearby_items import Nearby, nearby
from tracker.triage.passage_leases import Holder
from tracker.triage.passage_outcomes import OutcomeItem, outcomes
from tracker.triage.rapporteur_advice import Advised, advice_on
from tracker.triage.second_person import complains_of_secretariat, is_delicate
from tracker.triage.similar_proposals import Alike, alike, waiting_with
from tracker.triage.whose_words import may_be_reported
from tracker.web.app import context
from tracker.web.app.value_words import word
from tracker.web.transcripts import speeches
from tracker.web.triage.filled_forms import LikelyAttachment, filled_form, likely_attachment, spoken_capacity_of
from tracker.web.triage.forms import KEYS, AttachForm, ItemFromProposalForm, SetAsideForm, WhoseForm
from tracker.web.triage.queue_scope import TriageProgress, progress, scope

#: characters of the same speech that are shown on each side of a passage
AROUND = 500
#: of these, how many stand open before it: two lines on a telephone, so that the passage is on the first screen
NEAR = 90
#: how many items a single key can attach to; of these, how many are found by words at most
KEYED = 9
FOUND = 6
#: decisions that a whole group can follow
FOLLOWED = (TriageState.ITEM, TriageState.ATTACHED, TriageState.SET_ASIDE)


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
    #: it, or what was said before it, is about a person, material, guards, house rules, a complaint or an accusation
    is_delicate: bool
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
        return self.is_sensitive or self.seems_to_complain or self.is_delicate


@dataclass(frozen=True)
class Surroundings:
    """The passage within its speech, and whether that goes on before and after what is shown."""

    #: what was said before it, but for the last words: folded
    earlier: list[Paragraph]
    #: the last words before it, the passage, and what follows
    paragraphs: list[Paragraph]
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True)
class SetAside:
    """The reasons for which a passage is set aside: value, word and key; and the note that stands ready."""

    reasons: list[tuple[str, str, str]]
    note: str
    is_open: bool


@dataclass(frozen=True)
class TriagePage:
    """Everything on the page of a passage."""

    entry: ProposalEntry
    progress: TriageProgress
    surroundings: Surroundings
    href: str
    #: for whom it was spoken, by which way
    speaking: SpokenCapacity
    outcome: OutcomeItem | None
    is_open: bool
    #: a person must say whose words it gives before anything is made of it
    asks_whose: bool
    place: PlaceInTranscript
    #: the form that stands open: "item", "attach", or none
    decide: str
    #: that form, filled in
    form: WhoseForm | None
    #: how it most likely relates to an item that is there
    guess: LikelyAttachment
    aside: SetAside
    nearby: list[Nearby]
    alike: list[Alike]
    #: what became of this one and of those alike, by proposal
    fates: dict[int, OutcomeItem]
    find: str
    found: list[ItemLine]
    themes: list[str]
    earlier: list[Proposal]
    #: how a motion ended, in the words of the record
    result: Quote | None
    #: something else waits
    is_more: bool
    last: Last | None
    #: who else is looking at it
    holder: Holder | None
    advice: Advised | None
    seconding: Seconding
    is_secretariat: bool


def page(proposal: Proposal, refused: FlaskForm | None) -> TriagePage:
    """Return what to show; a form that is asked for is filled in, and one that was refused stays as it was typed."""
    session = context.session()
    sight = context.sight()
    number = proposal.id
    entry = queries.entry(session, proposal)
    spoken = spoken_capacity_of(entry)
    advised = advice_on(session, [number]).get(number)
    similar = alike(session, entry, scope())
    fates = outcomes(session, [number, *(other.entry.proposal.id for other in similar)], sight)
    is_open = proposal.state in OPEN and not proposal.awaits_second
    far = progress()
    asks_whose = may_be_reported(session, proposal)
    decide = _decide(refused, is_open=is_open)
    form = None
    if isinstance(refused, WhoseForm):
        form = refused
    elif decide:
        form = filled_form(decide, entry, spoken, advised)
    # A form that was refused asks again: it comes from the request, which knows nothing of the passage.
    if asks_whose and isinstance(form, ItemFromProposalForm):
        form.ask_whose()
    likely, items_found = _items_to_attach(entry, is_shown=is_open and decide != "item")
    return TriagePage(
        entry=entry,
        progress=far,
        surroundings=_surroundings(entry),
        href=speeches.address(proposal.transcript_id, entry.passage.start, entry.passage.end),
        speaking=spoken,
        outcome=fates.get(number),
        is_open=is_open,
        asks_whose=asks_whose,
        place=queries.place_in_transcript(session, entry),
        decide=decide,
        form=form,
        guess=likely_attachment(entry, spoken),
        aside=_aside(advised, refused),
        nearby=likely,
        alike=similar,
        fates=fates,
        find=request.args.get("find", ""),
        found=items_found,
        themes=_themes(decide),
        earlier=queries.earlier(session, proposal),
        result=_result(session, proposal),
        is_more=far.left > int(is_open),  # this passage is one of those left
        last=_last(session, proposal),
        holder=passage_leases.held_by_others(session, [number], context.person().id).get(number),
        advice=advised,
        seconding=_seconding(session, entry),
        is_secretariat=context.is_secretariat(),
    )


def _decide(refused: FlaskForm | None, *, is_open: bool) -> str:
    """Return the form that stands open: the one that was refused, else the one that the address asks for."""
    if isinstance(refused, ItemFromProposalForm):
        return "item"
    if isinstance(refused, AttachForm):
        return "attach"
    decision = request.args.get("decide", "")
    if "find" in request.args:
        decision = "attach"
    if is_open and decision in ("item", "attach"):
        return decision
    return ""


def _themes(decide: str) -> list[str]:
    if decide != "item":
        return []
    return themes(context.session(), context.body_id(), context.sight())


def _aside(advised: Advised | None, refused: FlaskForm | None) -> SetAside:
    note = ""
    is_open = request.args.get("decide") == "aside"
    if isinstance(refused, SetAsideForm):
        is_open = True
        note = refused.note.data or ""
    elif advised and advised.advice.state is TriageState.SET_ASIDE:
        note = advised.advice.fields.get("note") or ""
    reasons = [(reason.value, word(reason), KEYS[reason]) for reason in AsideReason]
    return SetAside(reasons, note, is_open=is_open)


def _result(session: Session, proposal: Proposal) -> Quote | None:
    if proposal.result_id is None:
        return None
    return quotes(session, [proposal.result_id], context.sight()).get(proposal.result_id)


def _seconding(session: Session, entry: ProposalEntry) -> Seconding:
    proposal = entry.proposal
    reader = context.person().id
    is_sensitive = proposal.sensitive_by is not None
    complains = complains_of_secretariat(entry.quote, proposal.addressee)
    delicate = is_delicate(_said_before(entry), entry.quote)
    first = None
    seconds: list[Person] = []
    if proposal.aside_by:
        first = session.get_one(Person, proposal.aside_by)
    if is_sensitive or complains or delicate or first:
        # Before anybody set it aside the reader is the one who would be first.
        seconds = second_person.seconds_for(session, context.body_id(), proposal.aside_by or reader, context.today())
    return Seconding(
        is_sensitive=is_sensitive,
        seems_to_complain=complains,
        is_delicate=delicate,
        is_own_mark=proposal.sensitive_by == reader,
        first=first and first.name,
        seconds=seconds,
        may_confirm=proposal.awaits_second and any(person.id == reader for person in seconds),
    )


def _said_before(entry: ProposalEntry) -> str:
    """Return what the same speaker said just before the passage."""
    begin = max(0, entry.passage.start - second_person.REACH)
    if entry.turn:
        begin = max(begin, min(entry.turn.start, entry.passage.start))
    return entry.text[begin : entry.passage.start]


def _surroundings(entry: ProposalEntry) -> Surroundings:
    """Return the passage, number 0, with what the same speaker said around it."""
    passage = entry.passage
    text = entry.text
    first = 0
    last = len(text)
    if turn := entry.turn:
        # A passage marked by hand may reach beyond the turn that it begins in.
        first = min(turn.start, passage.start)
        last = max(turn.end, passage.end)
    nearest = words_around(text, passage.start, passage.end, AROUND)
    low = max(first, passage.start - len(nearest.before))
    high = min(last, passage.end + len(nearest.after))
    near = passage.start - len(words_around(text, passage.start, passage.end, NEAR).before)
    # A few words more are not worth a fold.
    if near - low < NEAR:
        near = low
    speeches_shown = [Span(low, near), Span(near, high)]
    earlier, paragraphs = set_speeches(text, speeches_shown, [Span(passage.start, passage.end)])
    return Surroundings(earlier, paragraphs, is_cut_before=low > first, is_cut_after=high < last)


def _items_to_attach(entry: ProposalEntry, *, is_shown: bool) -> tuple[list[Nearby], list[ItemLine]]:
    """Return the items that the passage may repeat, and those that the reader looked for: as many as have a key."""
    likely: list[Nearby] = []
    if is_shown:
        likely = nearby(context.session(), context.body_id(), entry, context.sight())
    items = _items_with_words(request.args.get("find", ""), likely)
    # What was looked for goes before what was guessed.
    return likely[: KEYED - len(items)], items


def _items_with_words(find: str, likely: list[Nearby]) -> list[ItemLine]:
    """Return the items that have these words, but for those that are listed as likely anyway."""
    if not find.strip():
        return []
    item_filter = ItemFilter(text=find[:200])
    listed = {item.number for item in likely[: KEYED - FOUND]}
    register = (context.session(), context.body_id(), context.sight())
    lines = listing(*register, item_filter, today=context.today(), size=KEYED).lines
    return [line for line in lines if line.item.number not in listed][:FOUND]


def _last(session: Session, proposal: Proposal) -> Last | None:
    reader = context.person().id
    decided = queries.last_decided(session, context.body_id(), reader)
    batch = last_batch(session, context.body_id(), reader, decided)
    if decided is None or (decided.id == proposal.id and batch is None):
        return None
    likes = 0
    if decided.state in FOLLOWED:
        likes = len(waiting_with(session, decided, context.now()))
    return Last(decided, outcomes(session, [decided.id], context.sight()).get(decided.id), batch, likes)


def legend_of_keys(*, is_secretariat: bool, has_advice: bool) -> list[tuple[str, str]]:
    """Return each key with what it does for this reader, in the order in which the page lists them."""
    legend = [
        ("i", gettext("a new item: open the form, then create it")),
        ("a", gettext("attach: open the form")),
        ("1 … 9", gettext("attach it to that item of the list")),
        ("f", gettext("find an item by its words")),
    ]
    legend += [(KEYS[reason], gettext("set aside: %(reason)s", reason=word(reason))) for reason in AsideReason]
    if is_secretariat:
        legend.append(("s", gettext("snooze for a week")))
        legend.append(("t", gettext("decide similar ones the same way as the last")))
        legend.append(("v", gettext("mark it sensitive")))
    if is_secretariat and has_advice:
        legend.append(("y", gettext("decide as the rapporteur advises")))
    return [*legend, ("u", gettext("undo the last decision")), ("n", gettext("skip to the next"))]
