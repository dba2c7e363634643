"""The items of a made-up register, with who was asked, who owns them, who stands where and what happened since."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import SQLModel

from tests.bench.material import BEGAN, event, sentence, spread
from tracker.history import Event, Wording
from tracker.items.models import (
    Follow,
    Item,
    ItemCounter,
    ItemKind,
    ItemLink,
    ItemPassage,
    LinkKind,
    Origin,
    Progress,
    Relation,
)
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, Position, ResponseState, Stance
from tracker.meetings.models import Visibility
from tracker.updates.models import Evidence, EvidenceKind, Update

THEMES = tuple(f"theme-{n}" for n in range(1, 13))
UPDATES_AN_ITEM = 3
Rows = list[dict[str, Any]]


class Maker:
    """Makes the rows of items, one after the other."""

    def __init__(self, chance: random.Random, passages: list[int], *, parties: int, people: int, milestones: int):
        self.chance, self.passages, self.milestones = chance, passages, milestones
        many = len(passages)
        self.owners, self.addressee = (
            spread(chance, range(1, parties + 1), many),
            spread(chance, range(parties, 0, -1), many),
        )
        self.proposers, self.authors = ([chance.randint(1, people) for _ in range(many)] for _ in range(2))
        self.people = people
        self.rows: dict[type[SQLModel], Rows] = {
            table: []
            for table in (
                *(Item, Addressee, Ownership, Helper, Follow, Position, ItemPassage, Origin, ItemLink),
                *(Update, Evidence, Wording, Event),
            )
        }

    def put(self, table: type[SQLModel], **values: Any) -> int:
        """Add a row and return its number."""
        self.rows[table].append(values)
        return len(self.rows[table])

    def make(self, place: int) -> None:
        """Make the item at that place, with all that belongs to it."""
        number, progress = place + 1, self._progress()
        self._item(number, place, progress)
        self._passages(number, place)
        self._parties(number, place, progress)
        if number % 10 == 0:
            self.put(ItemLink, item_id=number, other_id=number - 5, kind=LinkKind.REFINES)
        for step in range(1, UPDATES_AN_ITEM + 1):
            self._update(number, place, BEGAN + timedelta(days=place % 300 + 30 * step), step)

    def _progress(self) -> Progress:
        weights = {Progress.NOT_STARTED: 20, Progress.IN_PROGRESS: 20, Progress.WAITING: 10, Progress.DONE_IN_PART: 10}
        return self.chance.choices(list(Progress), [weights.get(one, 20) for one in Progress])[0]

    def _item(self, number: int, place: int, progress: Progress) -> None:
        title, began = sentence(self.chance), BEGAN + timedelta(days=place % 300)
        hangs, done = self.chance.random() < 0.7, progress is Progress.DONE_IN_PART
        told = {"progress_reason": "The next meeting decides"} if progress is Progress.WAITING else {}
        self.put(
            Item,
            **{"id": number, "body_id": 1, "number": number, "title": title, "text": f"{title} By when, we shall see."},
            **{"kind": self.chance.choice(list(ItemKind)), "theme": self.chance.choice(THEMES), "progress": progress},
            put_forward_by=self.proposers[place],
            milestone_id=self.chance.randint(1, self.milestones) if hangs else None,
            own_due_on=None if hangs else began.date() + timedelta(days=self.chance.randint(100, 900)),
            promised_on=began.date() + timedelta(days=self.chance.randint(100, 900)),
            **{"done_count": 2 if done else None, "total_count": 5 if done else None, "progress_reason": None, **told},
            visibility=Visibility.PUBLISHED if number % 2 else Visibility.INTERNAL,
            **{"created_at": began, "changed_at": began + timedelta(days=90)},
        )
        self._event(number, "created", began, title=self._wording(title), due_on=began.date().isoformat())

    def _passages(self, number: int, place: int) -> None:
        passage = self.passages[place]
        self.put(ItemPassage, item_id=number, passage_id=passage, relation=Relation.NEW)
        self.put(Origin, item_id=number, proposal_id=passage, relation=Relation.NEW)
        for _ in range(self.chance.randint(0, 3)):
            stance, party = self.chance.choice(list(Stance)), self.chance.randint(1, self.people)
            self.put(Position, item_id=number, party_id=party, stance=stance, passage_id=passage)
            self._event(number, "position noted", BEGAN, party=party, stance=stance.value)

    def _parties(self, number: int, place: int, progress: Progress) -> None:
        response, addressee = self.chance.choice(list(ResponseState)), self.addressee[place]
        self.put(Addressee, item_id=number, party_id=addressee, response=response, answered_by=None, responded_on=None)
        self._event(number, "response recorded", BEGAN, party=addressee, response=response.value)
        for who in self.chance.sample(range(1, self.people + 1), 2):
            self.put(Follow, person_id=who, item_id=number)
        owned = self.chance.choices((OwnerState.ACCEPTED, OwnerState.REQUESTED, None), (70, 5, 25))[0]
        if owned is not None:
            party = self.owners[place]
            self.put(Ownership, item_id=number, party_id=party, state=owned, requested_by=1, requested_at=BEGAN)
            self._event(number, "ownership requested", BEGAN, party=party)
        if owned is OwnerState.ACCEPTED:
            self._event(number, "ownership accepted", BEGAN, party=party)
            self.put(Helper, item_id=number, person_id=self.authors[place])

    def _update(self, number: int, place: int, at: datetime, step: int) -> None:
        note = f"Step {step}: {sentence(self.chance)}"
        author, shown = self.authors[place], Visibility.PUBLISHED if step == 1 else Visibility.INTERNAL
        update = self.put(Update, item_id=number, author_id=author, made_at=at, note=note, visibility=shown)
        if step == 1:
            self.put(Evidence, update_id=update, kind=EvidenceKind.LINK, url=f"https://example.org/{number}")
        self._event(number, "updated", at, author, update=update, note=self._wording(note))

    def _wording(self, text: str) -> dict[str, int]:
        return {"wording": self.put(Wording, written_by="person:1", text=text)}

    def _event(self, number: int, verb: str, at: datetime, person: int = 1, **after: Any) -> None:
        self.rows[Event].append(event(f"item:{number}", verb, at, person, **after))


def tables(
    chance: random.Random, passages: list[int], *, parties: int, people: int, milestones: int
) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield an item for each of these passages, and the rows of all that belongs to the items."""
    maker = Maker(chance, passages, parties=parties, people=people, milestones=milestones)
    for place in range(len(passages)):
        maker.make(place)
    yield ItemCounter, [{"body_id": 1, "last_number": len(passages)}]
    yield from maker.rows.items()
