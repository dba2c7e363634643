"""What somebody reports of others is shown with its reporter, and counts nowhere for any party that it names."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_item, make_milestone, make_person, party_of, sight_into
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.exchange.export_items import item_cells, items_of, write_items
from tracker.history import leave
from tracker.items.list_filter import ItemFilter
from tracker.items.models import SpeakerPart
from tracker.items.party_choices import position_takers
from tracker.items.party_models import AGAINST, FOR, Stance
from tracker.items.positions import NewPosition, add_position
from tracker.items.queries import everything
from tracker.people.models import Body, Person
from tracker.reports.assemble_report import Edition, paper
from tracker.reports.formats import Printed
from tracker.reports.formats.json_record import to_record
from tracker.reports.formats.spreadsheet import to_csv
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Scope
from tracker.reports.take_snapshot import SnapshotRequest, take
from tracker.wording.language import ENGLISH

SLUG = "gina-grey"
#: somebody reports it who has no name yet
UNNAMED = "unnamed"


@dataclass(frozen=True)
class Room:
    """An item of Gina's, who is of a government, with two positions of theirs: in their words, or as Mira told them."""

    session: Session
    board: Body
    reader: Browser

    def number(self, name: str) -> int:
        return self.session.exec(select(Person.id).where(col(Person.name) == name)).one()

    def page(self, address: str) -> str:
        return plain(self.reader.get(address).text)

    def is_listed(self, **values: str) -> bool:
        item_filter = ItemFilter(**values)  # type: ignore[arg-type]
        return bool(everything(self.session, self.board.id, sight_into(self.board), item_filter, today=NOW.date()))

    def may_choose(self, stances: frozenset[Stance]) -> bool:
        takers = position_takers(self.session, self.board.id, sight_into(self.board), stances)
        return SLUG in [choice.slug for choice in takers]

    def cell(self, column: str) -> str:
        """What an export of the items holds in that column."""
        cells = item_cells(self.session, self.board, items_of(self.session, self.board.id))
        return next(csv.DictReader(io.StringIO(write_items(cells, ".csv").decode())))[column]

    def printed(self) -> Printed:
        request = SnapshotRequest("feb", NOW.date(), 10**6, Scope.INTERNAL)
        wording = ReportWording(take(self.session, self.board, request), ENGLISH, "https://example.org")
        edition = Edition(1, NOW.date())
        return Printed(wording, edition, paper(wording, edition, notice=""))

    def report_cell(self, column: str) -> str:
        return next(csv.DictReader(io.StringIO(to_csv(self.printed()).decode("utf-8-sig"))))[column]

    def report_rows(self) -> list[list[str]]:
        tables = [table for section in self.printed().paper.sections for table in section.tables]
        return [[cell.text for cell in row] for table in tables for row in table.rows]

    def picture(self) -> dict[str, str | None]:
        entries: list[dict[str, str | None]] = json.loads(to_record(self.printed()))["picture"]["entries"]
        return entries[0]


#: every place that counts who put something forward or who stands where, and whether it counts Gina or their group
COUNTS: dict[str, Callable[[Room], bool]] = {
    "groups of the item: proposer": lambda room: "Put forward from: government." in room.page("/items/1"),
    "groups of the item: positions": lambda room: "government Gina Grey Gina Grey" in _matrix(room),
    "filter: proposer": lambda room: room.is_listed(put_forward_by=SLUG),
    "filter: group": lambda room: room.is_listed(group="government"),
    "filter: supporter": lambda room: room.is_listed(supported_by=SLUG),
    "filter: concern": lambda room: room.is_listed(concern_of=SLUG),
    "choices: supporters": lambda room: room.may_choose(FOR),
    "choices: concerned": lambda room: room.may_choose(AGAINST),
    "export: proposer": lambda room: room.cell("put_forward_by") == SLUG,
    "report: groups": lambda room: ["government", "1"] in room.report_rows(),
    "report as rows: proposer": lambda room: room.report_cell("put_forward_by") == "Gina Grey",
    "report as rows: group": lambda room: room.report_cell("stakeholder_group") == "government",
    "report as data: proposer": lambda room: "put_forward_by" in room.picture(),
    "report as data: group": lambda room: room.picture().get("group") == "government",
    "page of the party": lambda room: "Put forward No." in room.page(f"/people/{SLUG}"),
}


def _matrix(room: Room) -> str:
    return room.page("/items/1").partition("Positions by stakeholder group")[2].partition("No passage found")[0]


@pytest.fixture
def room(shelf: Shelf, member: Browser, request: pytest.FixtureRequest) -> Iterator[Room]:
    """The item and the positions, put there, and a session to read them."""
    reported_by = shelf.world.member if request.param else None
    with shelf.writing() as session:
        board = shelf.board(session)
        gina = make_person(session, "Gina Grey", stakeholder_group="government")
        gina.slug = party_of(session, gina).slug = SLUG
        milestone = make_milestone(session, board, slug="feb")
        proposed = {"put_forward_by": party_of(session, gina).id, "reported_by": reported_by}
        if request.param == UNNAMED:
            proposed |= {"reported_by": None, "speaker_part": SpeakerPart.REPORTER}
        item = make_item(session, board, number=1, milestone_id=milestone.id, **proposed)
        leave(session, item, "made", by=SYSTEM, now=NOW)
        for stance in (Stance.SUPPORTS, Stance.HAS_A_CONCERN):
            position = NewPosition(party_of(session, gina).id, stance, reported_by=reported_by)
            add_position(session, item, position, by=SYSTEM, now=NOW)
    with shelf.app.extensions["sessions"].reader() as session:
        yield Room(session, shelf.board(session), member)


@pytest.mark.parametrize("room", [False], indirect=True)
@pytest.mark.parametrize("place", COUNTS)
def test_ones_own_words_count(room: Room, place: str) -> None:
    assert COUNTS[place](room)


@pytest.mark.parametrize("room", [True, UNNAMED], indirect=True)
@pytest.mark.parametrize("place", COUNTS)
def test_what_another_reports_counts_nowhere(room: Room, place: str) -> None:
    assert not COUNTS[place](room)


@pytest.mark.parametrize("room", [True], indirect=True)
def test_what_another_reports_is_shown_with_who_reports_it(room: Room) -> None:
    page = room.page("/items/1")
    assert "Put forward by Gina Grey, reported by Mira Member" in page
    assert "Only reported by others, so it counts for nobody: government" in page
    silent = page.partition("No passage found from: ")[2].partition(". Silence")[0]
    assert "academia" in silent.split(", ")
    assert "government" not in silent.split(", ")
    assert room.picture()["reported_of"] == f"person:{room.number('Gina Grey')}"


@pytest.mark.parametrize("room", [UNNAMED], indirect=True)
def test_what_somebody_unnamed_reports_is_shown_as_reported(room: Room) -> None:
    words = "Put forward by Gina Grey, reported by a speaker not yet identified"
    for address in ("/items/1", "/items", "/milestones/feb"):
        assert words in room.page(address), address
    entry = room.printed().wording.picture.entries[0]
    assert room.printed().wording.put_forward(entry) == words
    assert ["reported of others: counted for no group", "1"] in room.report_rows()
