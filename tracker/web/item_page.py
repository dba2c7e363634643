"""What the page of an item shows, worked out before the template sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import request
from flask_babel import gettext, lazy_gettext, ngettext
from sqlmodel import col, select

from tracker.history import of_subject
from tracker.items.models import Asked, Capacity, Item, LinkKind, Ownership, Progress, Stance
from tracker.items.parts import (
    Parts,
    Related,
    Standing,
    accepted,
    answerable,
    is_followed,
    nobody_can_answer,
    parts,
    was_asked_to_own,
)
from tracker.items.queries import Line
from tracker.items.status import has_no_news, is_closed, is_disputed
from tracker.people.leaving import last_day_of
from tracker.people.models import Party
from tracker.people.queries import parties_of
from tracker.transcripts.marks import MarkKind, pieces
from tracker.transcripts.room import speakers_of_unknown_group
from tracker.updates.changes import UNDO_WITHIN
from tracker.updates.queries import Entry, taken_back, updates_of
from tracker.web import context, due_words, item_history
from tracker.web.forms.item_update import UpdateForm
from tracker.web.item_history import HistoryLine
from tracker.web.words import group_names, word

#: a link made on the other item, read from this one
FROM_THE_OTHER = {
    LinkKind.REPEATS: lazy_gettext("repeated by"),
    LinkKind.REFINES: lazy_gettext("refined by"),
    LinkKind.DEPENDS_ON: lazy_gettext("needed by"),
    LinkKind.SUPERSEDES: lazy_gettext("superseded by"),
    LinkKind.ANSWERED_BY: lazy_gettext("answers"),
}


@dataclass(frozen=True)
class Reader:
    """What the reader may do with this item beside reading it."""

    #: serves in the item's register
    is_inside: bool
    #: may answer the open request to own it, for himself or for who cannot
    answers: bool
    #: may give the ownership back
    owns: bool
    #: may set when it is due
    steers: bool
    #: the parties whose responses he may record; the secretariat records all
    responds_for: frozenset[int]
    follows: bool
    #: owns it, helps or runs the register: the form of an update stands open
    works: bool
    #: it waits for the reader
    is_waited_for: bool


STRANGER = Reader(
    is_inside=False,
    answers=False,
    owns=False,
    steers=False,
    responds_for=frozenset(),
    follows=False,
    works=False,
    is_waited_for=False,
)


@dataclass(frozen=True)
class GroupLine:
    """A stakeholder group and what was heard from it: stances with who takes them, each once."""

    group: str
    stances: list[tuple[Stance, list[str]]]
    put_it_forward: bool


@dataclass(frozen=True)
class Page:
    """Everything on the page of an item."""

    item: Item
    parts: Parts
    reader: Reader
    due: str | None
    entries: list[Entry]
    #: updates that were taken back, each with the update that did it
    taken_back: dict[int, int]
    #: updates that the reader may still take back
    takeable: frozenset[int]
    #: to write an update in place; None for who may not
    form: UpdateForm | None
    #: the update that was just written here
    kept: Entry | None
    is_closed: bool
    is_disputed: bool
    is_quiet: bool
    stances: list[tuple[Stance, list[Standing]]]
    heard: list[GroupLine]
    #: names of the stakeholder groups from which nothing was found
    silent: list[str]
    #: who spoke in the meetings that the item cites and whose group nobody knows
    unknown: int
    #: the page quotes captions, which are no record; a written contribution is its author's own
    has_captions: bool
    history: list[HistoryLine]
    #: the last day of an owner who has left
    owner_left: date | None


def page_of(item: Item) -> Page:
    """Return the page of an item that the reader may see."""
    session, sight = context.session(), context.sight()
    whole = parts(session, item, sight, context.today())
    is_inside = item.body_id in sight.register_ids
    entries = updates_of(session, [item.id or 0], sight)
    known, history = group_names(session), of_subject(session, item.history_key())
    undone = taken_back(history)
    shown = [*(quote for _, quote in whole.passages), *(one.quote for one in whole.positions if one.quote)]
    reader, takeable = _reader(item, whole, is_inside=is_inside), _takeable(entries, undone)
    return Page(
        item=item,
        parts=whole,
        reader=reader,
        due=due_words.rule(whole.line.due) if whole.line.due else None,
        entries=entries,
        taken_back=undone,
        takeable=takeable,
        form=_form(item, whole, steers=reader.steers) if context.roles() else None,
        kept=_just_kept(entries, takeable),
        is_closed=is_closed(item.progress),
        is_disputed=is_disputed(item.progress, item.asker_view),
        is_quiet=has_no_news(item.progress, _last_news(item, entries), context.now()),
        stances=_by_stance(whole),
        heard=_by_group(whole, known),
        silent=[known.get(group, group) for group in known if group not in {*whole.heard_groups, "unknown"}],
        unknown=speakers_of_unknown_group(session, {quote.transcript_id for quote in shown}),
        has_captions=any(quote.words and not quote.is_written for quote in shown),
        history=item_history.lines(session, history, outside=not is_inside),
        owner_left=_owner_left(item, whole) if is_inside else None,
    )


def _owner_left(item: Item, whole: Parts) -> date | None:
    """Return the last day of an owner who has no role here any more: he stays named until another takes the item."""
    if whole.owner is None or not whole.owner.party.is_person:
        return None
    person_id = context.session().get_one(Party, whole.owner.party.id).person_id or 0
    day = last_day_of(context.session(), item.body_id, person_id)
    return day if day is not None and day < context.today() else None


def _reader(item: Item, whole: Parts, *, is_inside: bool) -> Reader:
    person = context.person_or_none()
    if person is None or person.id is None:
        return STRANGER
    owns = whole.owner is not None and may_answer(whole.owner.ownership)
    helps = person.id in {one.id for one in whole.helpers}
    return Reader(
        is_inside=is_inside,
        answers=whole.request is not None and may_answer(whole.request.ownership),
        owns=owns,
        steers=owns or context.is_secretariat(),
        responds_for=_responds_for(item, {answer.party.id for answer in whole.answers}),
        follows=is_followed(context.session(), item, person.id),
        works=owns or helps or context.is_secretariat(),
        is_waited_for=_waits_for(item, person.id),
    )


def _waits_for(item: Item, person_id: int) -> bool:
    if item.progress is not Progress.WAITING or item.waiting_for is None:
        return False
    return item.waiting_for in parties_of(context.session(), person_id)


def may_answer(ownership: Ownership) -> bool:
    """Tell whether the reader answers for the party; the secretariat does for one that cannot sign in."""
    session, person = context.session(), context.person_or_none()
    if person is None or person.id is None:
        return False
    if answerable(session, ownership, person.id):
        return True
    return context.is_secretariat() and nobody_can_answer(session, ownership)


def was_asked(item: Item) -> bool:
    """Tell whether the reader was once asked to own it: a link in a mail outlives the request."""
    person = context.person_or_none()
    return person is not None and was_asked_to_own(context.session(), item, person.id or 0)


def responds_for(item: Item) -> frozenset[int]:
    """Return the parties named in the item, or its asker, for which the reader may say what they answer."""
    asked = context.session().exec(select(Asked.party_id).where(col(Asked.item_id) == item.id))
    return _responds_for(item, set(asked))


def _responds_for(item: Item, asked: set[int]) -> frozenset[int]:
    session, person = context.session(), context.person_or_none()
    if person is None or person.id is None or item.body_id not in context.sight().register_ids:
        return frozenset()
    named = asked | ({item.put_forward_by} if item.put_forward_by else set())
    return frozenset(named if context.is_secretariat() else named & parties_of(session, person.id))


def may_steer(item: Item) -> bool:
    """Tell whether the reader may set when it is due: the secretariat, and who owns it or answers for its owner."""
    if context.is_secretariat():
        return True
    owner = accepted(context.session(), item)
    return owner is not None and may_answer(owner)


def _form(item: Item, whole: Parts, *, steers: bool) -> UpdateForm:
    """Return the form of an update, with those to wait for who have to do with the item: the others may be many."""
    form = UpdateForm(formdata=None, data={"version": item.version})
    if not steers:
        del form.new_day
    near = [whole.asker, *(one.party for one in whole.answers), *(one.party for one in whole.ownings)]
    return form.offer_near(item.progress, {party.id: party.name for party in near if party})


def _just_kept(entries: list[Entry], takeable: frozenset[int]) -> Entry | None:
    """Return the update that the address says was just written, if it is the reader's to undo."""
    number = request.args.get("kept", type=int)
    return next((one for one in entries if one.update.id == number and number in takeable), None)


def _last_news(item: Item, entries: list[Entry]) -> datetime:
    return entries[0].update.made_at if entries else item.created_at


def _takeable(entries: list[Entry], undone: dict[int, int]) -> frozenset[int]:
    """Return the reader's own updates of the last day; whether the progress moved on since is found out on trying."""
    person, now = context.person_or_none(), context.now()
    mine = [entry.update for entry in entries if person is not None and entry.update.author_id == person.id]
    settled = {*undone, *undone.values()}
    return frozenset(one.id for one in mine if one.id and one.id not in settled and now - one.made_at <= UNDO_WITHIN)


def _by_stance(whole: Parts) -> list[tuple[Stance, list[Standing]]]:
    found = {stance: [one for one in whole.positions if one.position.stance is stance] for stance in Stance}
    return [(stance, standings) for stance, standings in found.items() if standings]


def _by_group(whole: Parts, known: dict[str, str]) -> list[GroupLine]:
    """Return what was heard from each group, every party named once a stance."""
    heard: dict[tuple[str, Stance], dict[str, None]] = {}
    for one in whole.positions:
        heard.setdefault((one.party.group, one.position.stance), {})[one.party.name] = None
    asker = whole.asker.group if whole.asker else None
    return [
        GroupLine(
            known.get(group, group),
            [(stance, list(heard[group, stance])) for stance in Stance if (group, stance) in heard],
            put_it_forward=group == asker,
        )
        for group in sorted({*whole.heard_groups}, key=lambda group: (group == "unknown", known.get(group, group)))
    ]


def capacity(value: Capacity, of: str | None) -> str:
    """Return in what capacity somebody spoke, as "rapporteur: main session on access"."""
    if of:
        return str(gettext("%(capacity)s: %(of)s", capacity=word(value), of=of))
    return word(value)


def put_forward(page: Page) -> str:
    """Return who put the item forward, in what capacity, and who reported it."""
    return put_forward_by(page.parts.line)


def put_forward_by(line: Line) -> str:
    """Return the same of an item in a list."""
    item = line.item
    values = {"name": line.put_forward_by, "capacity": capacity(item.capacity, item.capacity_of)}
    if line.put_forward_by is None:
        return str(gettext("It is not known who put it forward"))
    if line.reported_by:
        return str(
            gettext(
                "Put forward by %(name)s, reported by %(reporter)s (%(capacity)s)", reporter=line.reported_by, **values
            )
        )
    return str(gettext("Put forward by %(name)s (%(capacity)s)", **values))


def silence(page: Page) -> str:
    """Return from which groups nothing was found, and how many speakers might have been of them: never consent."""
    groups = ", ".join(page.silent)
    if groups and page.unknown:
        text = ngettext(
            "No passage found from: %(groups)s; %(num)d speaker of unknown group. Silence is not consent.",
            "No passage found from: %(groups)s; %(num)d speakers of unknown group. Silence is not consent.",
            page.unknown,
            groups=groups,
        )
        return str(text)
    if groups:
        return str(gettext("No passage found from: %(groups)s. Silence is not consent.", groups=groups))
    if page.unknown:
        return str(ngettext("%(num)d speaker of unknown group.", "%(num)d speakers of unknown group.", page.unknown))
    return ""


def related(link: Related) -> str:
    """Return how the other item stands to this one, read from here."""
    if link.is_ours:
        return word(link.kind)
    return str(FROM_THE_OTHER[link.kind])


def said(words: str) -> list[tuple[str, MarkKind | None]]:
    """Return spoken words cut at the captioners' marks, so that these can be set apart."""
    return list(pieces(words, 0, len(words)))
