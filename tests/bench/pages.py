"""What is measured: each a thing somebody does, with the check that it was done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, func, select

from tests.bench.forum import SECRETARIAT
from tests.bench.visitor import REDIRECTS, TOKEN, Answer, Visitor, Wrong
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.items.status import OPEN
from tracker.meetings.models import Milestone
from tracker.people.models import Party, Person
from tracker.people.queries import person_by_email
from tracker.proposals.models import Proposal, TriageState

ROWS = 50


@dataclass(frozen=True)
class Figure:
    """Something that is done many times; its budget in milliseconds, and what the same costs with others."""

    name: str
    do: Callable[[int], Answer]
    budget: float | None = None
    #: Roundup 2.4, Trac 1.6, Redmine 6, as measured on a like register
    peers: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Facts:
    """What of the register the measures need to know."""

    #: with more open items than a page of the list has rows, but not many more
    owner: Person
    first_title: str
    #: who is asked to own an item, and its number
    requested: Person
    request_number: int
    secretary: Person
    milestone: str
    #: a proposal that waits for triage, and how many do
    proposal: int
    waiting: int
    numbers: list[int]
    rows: int

    def readers(self) -> dict[str, Person]:
        """Return who looks at the pages."""
        return {"secretary": self.secretary, "owner": self.owner, "asked": self.requested}


def facts(session: Session) -> Facts:
    """Look up what the measures need to know."""
    owner = _owner(session)
    titles = session.exec(_owned(col(Item.title)).where(Person.id == owner.id).order_by(col(Item.number))).all()
    requested = _joined(select(Person, Item.number))
    answerer, number = session.exec(requested.where(Ownership.state == OwnerState.REQUESTED).limit(1)).one()
    waiting = session.exec(select(Proposal.id).where(Proposal.state == TriageState.WAITING)).all()
    secretary = person_by_email(session, SECRETARIAT)
    assert secretary is not None
    return Facts(
        owner=owner,
        first_title=titles[0],
        rows=min(ROWS, len(titles)),
        requested=answerer,
        request_number=number,
        secretary=secretary,
        milestone=session.exec(select(Milestone.slug).where(Milestone.starts_on > date(2013, 2, 20)).limit(1)).one(),
        proposal=waiting[0] or 0,
        waiting=len(waiting),
        numbers=list(session.exec(select(Item.number).order_by(col(Item.number)).limit(200))),
    )


def _owned(what: Any) -> Any:
    return _joined(select(what)).where(col(Item.progress).in_(OPEN), Ownership.state == OwnerState.ACCEPTED)


def _joined(statement: Any) -> Any:
    people = statement.select_from(Person).join(Party, col(Party.person_id) == Person.id)
    return people.join(Ownership, col(Ownership.party_id) == Party.id).join(Item)


def _owner(session: Session) -> Person:
    """Return who has a page of open items and few more; in a small register, who has most."""
    owned, many = _owned(Person).group_by(col(Person.id)), func.count(col(Item.id))
    enough = session.exec(owned.having(many >= ROWS).order_by(many, col(Person.id)).limit(1)).first()
    return enough or session.exec(owned.order_by(many.desc()).limit(1)).one()


class Measures:
    """What is measured, on this register by these visitors."""

    def __init__(self, known: Facts, visitors: dict[str, Visitor]) -> None:
        self.known = known
        self.secretary, self.owner, self.requested = (visitors[who] for who in known.readers())

    def figures(self) -> Iterator[Figure]:
        """Yield them, those with a budget first."""
        known = self.known
        yield Figure("one owner's open items, 50 rows", self._list, 8, (31, 91, 159))
        yield Figure("an item", self._item, 8, (24, 56, 126))
        yield Figure("milestones with progress", self._milestones, 10, (42, 244, 6110))
        yield Figure("an update posted and read back", self._update, 25, (92, 149, 334))
        yield Figure("my page, of that owner", self._my_page, 50)
        yield Figure("items, all of them", lambda _: self.secretary.get("/items").demand("Items"), 50)
        yield Figure("a milestone", self._milestone, 50)
        yield Figure("triage queue", lambda _: self.secretary.get("/triage").demand(str(known.waiting)), 50)
        yield Figure("triage of one passage", lambda _: self.secretary.get(f"/triage/{known.proposal}").demand(), 50)
        yield Figure("people", lambda _: self.secretary.get("/people").demand(known.secretary.name), 50)
        yield Figure("search", lambda _: self.secretary.get("/search?q=archive+budget").demand("<mark>"), 50)
        yield Figure("answer to being asked", self._answer, 50)

    def _list(self, _time: int) -> Answer:
        answer = self.secretary.get(f"/items?owner={self.known.owner.slug}&progress=open").demand(
            self.known.first_title
        )
        rows = answer.text.count('<th scope="row">')
        if rows != self.known.rows:
            raise Wrong(f"{rows} rows instead of {self.known.rows}")
        return answer

    def _my_page(self, _time: int) -> Answer:
        answer = self.owner.get("/").demand(self.known.owner.name)
        if answer.text.count('href="/items/') < min(self.known.rows, 5):
            raise Wrong("my page does not show what its reader owns")
        return answer

    def _item(self, time: int) -> Answer:
        number = self.known.numbers[time % len(self.known.numbers)]
        return self.secretary.get(f"/items/{number}").demand(f'<span class="quiet">{number}</span>', "History")

    def _milestones(self, _time: int) -> Answer:
        return self.secretary.get("/milestones").demand(self.known.milestone, "items due, ")

    def _milestone(self, _time: int) -> Answer:
        return self.secretary.get(f"/milestones/{self.known.milestone}").demand('id="due"')

    def _update(self, time: int) -> Answer:
        number, note = self.known.numbers[time % len(self.known.numbers)], f"Note number {time} of the bench."
        path = f"/items/{number}"
        form = {"csrf_token": self.token, "note": note, "visibility": "internal", "progress": "", "waiting_for": ""}
        sent = self.secretary.post(f"{path}/update", form)
        if sent.status not in REDIRECTS or sent.location != path:
            raise Wrong(f"the update was answered {sent.status}, to {sent.location}")
        return self.secretary.get(path).demand(note)

    def _answer(self, _time: int) -> Answer:
        return self.requested.get(f"/items/{self.known.request_number}/owner/answer").demand(
            "take it", self.known.requested.name
        )

    @cached_property
    def token(self) -> str:
        """Return what a form of the secretary's must hold; one serves for all."""
        return self.secretary.get(f"/items/{self.known.numbers[0]}/update").hidden(TOKEN)
