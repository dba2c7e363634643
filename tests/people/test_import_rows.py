"""A list imported row by row: which own settings stay, which rows are refused, and what undoing removes."""

import io
import zipfile
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_item, make_ownership, make_person, make_register, make_term, party_of
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.people import own_account
from tracker.people.changes import edit_person
from tracker.people.details import PersonDetails
from tracker.people.import_file import read_list
from tracker.people.import_people import COLUMNS
from tracker.people.import_rows import ImportedRow, RowOutcome, import_each, note_import
from tracker.people.models import (
    Body,
    Frequency,
    ImportedPerson,
    Label,
    PeopleImport,
    Person,
    Role,
    SignInLink,
    Subscription,
    Term,
)
from tracker.people.sessions import make_link
from tracker.people.undo_import import undo_import
from tracker.tables.text_tables import TableRow
from tracker.tables.workbooks import work, write_workbook

ANA = {"name": "Ana Silva", "email": "ana@example.org", "role": "member", "timezone": "Europe/Lisbon"}
JANUARY = date(2013, 1, 1)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def workbook(content: bytes) -> list[TableRow]:
    return [TableRow(line, values) for line, values in work({"columns": COLUMNS}, content)]


def take(session: Session, board: Body, *rows: dict[str, str], goes_over: bool = False) -> list[ImportedRow]:
    numbered = [TableRow(number, row) for number, row in enumerate(rows, 2)]
    return import_each(session, numbered, board, starts=JANUARY, goes_over=goes_over, by=SYSTEM, now=NOW)


def imported(session: Session, board: Body, *rows: dict[str, str]) -> PeopleImport:
    people_import = note_import(session, take(session, board, *rows), board, "people.csv", by=SYSTEM, now=NOW)
    session.commit()
    return people_import


def ana(session: Session) -> Person:
    return session.exec(select(Person).where(col(Person.email) == "ana@example.org")).one()


def test_roles_begin_with_the_day_that_is_given(any_session: Session, board: Body) -> None:
    take(any_session, board, ANA)
    assert any_session.exec(select(Term.first_day)).all() == [JANUARY]


def test_one_bad_row_leaves_the_others(any_session: Session, board: Body) -> None:
    rows = take(any_session, board, ANA, {"name": "Bo Berg", "role": "king"}, {"name": "Cem Can"})
    any_session.commit()
    assert [row.outcome for row in rows] == [RowOutcome.ADDED, RowOutcome.REFUSED, RowOutcome.ADDED]
    assert sorted(any_session.exec(select(Person.name))) == ["Ana Silva", "Cem Can"]


def test_a_change_is_told_with_what_was_there(any_session: Session, board: Body) -> None:
    take(any_session, board, ANA)
    rows = take(any_session, board, {**ANA, "affiliation": "River Watch"}, ANA)
    assert rows[0].changes == (("affiliation", "", "River Watch"),)
    assert rows[1].outcome is RowOutcome.THERE


def test_an_address_is_a_change_of_who_is_here_by_that_name_without_one(any_session: Session, board: Body) -> None:
    rows = take(any_session, board, {"name": "Ana Silva", "role": "member"}, ANA)
    assert (rows[1].outcome, rows[1].changes[0]) == (RowOutcome.CHANGED, ("email", "", "ana@example.org"))
    assert any_session.exec(select(Person.name)).all() == ["Ana Silva"]


def test_a_second_address_under_one_name_is_somebody_new_and_is_told(any_session: Session, board: Body) -> None:
    rows = take(any_session, board, ANA, {**ANA, "email": "silva@example.org"}, {**ANA, "name": "Bo Berg"})
    assert [(row.outcome, row.has_namesake) for row in rows] == [
        (RowOutcome.ADDED, False),
        (RowOutcome.ADDED, True),
        (RowOutcome.CHANGED, False),
    ]


def test_no_list_gives_an_address_to_whom_another_body_keeps(any_session: Session, board: Body) -> None:
    take(any_session, board, {"name": "Ana Silva"})
    served = any_session.exec(select(Person)).one()
    make_term(any_session, served, make_register(any_session, slug="park-board", name="Park Board"))
    row = take(any_session, board, ANA)[0]
    assert (row.outcome, row.has_namesake, served.email) == (RowOutcome.ADDED, True, None)


def test_nothing_is_told_of_a_namesake_in_another_body(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park-board", name="Park Board")
    make_term(any_session, make_person(any_session, "Ana Silva", email=None), park)
    row = take(any_session, board, ANA)[0]
    assert (row.outcome, row.has_namesake) == (RowOutcome.ADDED, False)


@pytest.mark.parametrize(("goes_over", "zone"), [(False, "Asia/Tokyo"), (True, "Europe/Lisbon")])
def test_what_a_person_has_set_own_way_stays(any_session: Session, board: Body, goes_over: bool, zone: str) -> None:
    take(any_session, board, ANA)
    person = ana(any_session)
    wanted = own_account.Preferences("en", "Asia/Tokyo", Frequency.NEVER, 0, 8)
    own_way = Actor(person.id, ChangeWay.BROWSER)
    own_account.set_preferences(any_session, person, wanted, version=person.version, by=own_way, now=NOW)
    row = take(any_session, board, {**ANA, "digest_day": "friday"}, goes_over=goes_over)[0]
    assert row.kept == (() if goes_over else ("digest_day", "timezone"))
    assert person.timezone == zone


def test_a_list_gives_no_role_in_another_register(any_session: Session, board: Body) -> None:
    make_register(any_session, slug="park-board", name="Park Board")
    rows = take(any_session, board, {**ANA, "body": "Park Board", "role": "secretariat"})
    assert rows[0].outcome is RowOutcome.REFUSED
    assert any_session.exec(select(Term)).all() == []


def test_the_record_of_somebody_who_serves_elsewhere_is_not_changed(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park-board", name="Park Board")
    take(any_session, board, {"name": "Ana Silva", "email": "ana@example.org"})
    make_term(any_session, ana(any_session), park)
    row = take(any_session, board, {**ANA, "name": "Somebody Else"}, goes_over=True)[0]
    assert set(row.kept) == {"name", "timezone"}
    assert ana(any_session).name == "Ana Silva"
    assert [term.role for term in any_session.exec(select(Term).where(Term.body_id == board.id))] == [Role.MEMBER]


def test_a_list_sets_no_digest_of_somebody_who_serves_elsewhere(any_session: Session, board: Body) -> None:
    served = make_person(any_session, "Ana Silva", email="ana@example.org")
    for register in (board, make_register(any_session, slug="park-board", name="Park Board")):
        make_term(any_session, served, register)
    row = take(any_session, board, {**ANA, "digest_day": "friday", "digest_hour": "3"}, goes_over=True)[0]
    assert {"digest_day", "digest_hour"} <= set(row.kept)
    assert any_session.get_one(Subscription, served.id).weekday == 0


def test_a_list_tells_nothing_of_who_is_known_in_another_register_only(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park-board", name="Park Board")
    make_term(any_session, make_person(any_session, "Ana Hidden", email="ana@example.org"), park)
    row = take(any_session, board, {**ANA, "name": "Typed"})[0]
    assert (row.name, row.kept) == ("Typed", ("name", "timezone"))
    assert row.changes == (("role", "", "member, Library Board, 2013-01-01"),)
    assert ana(any_session).name == "Ana Hidden"


def test_undoing_takes_away_whom_nobody_has_touched(any_session: Session, board: Body) -> None:
    people_import = imported(any_session, board, ANA, {"name": "Bo Berg", "role": "member"}, {"name": "Cem Can"})
    make_ownership(any_session, make_item(any_session, board), party_of(any_session, ana(any_session)))
    assert undo_import(any_session, people_import, by=SYSTEM, now=NOW) == (2, 1, 0)
    any_session.commit()
    assert any_session.exec(select(Person.name)).all() == ["Ana Silva"]
    with pytest.raises(Refused, match="already"):
        undo_import(any_session, people_import, by=SYSTEM, now=NOW)


def test_undoing_ends_a_link_that_waits(any_session: Session, board: Body) -> None:
    people_import = imported(any_session, board, ANA)
    make_link(any_session, ana(any_session), now=NOW)
    assert undo_import(any_session, people_import, by=SYSTEM, now=NOW) == (1, 0, 0)
    any_session.commit()
    assert any_session.exec(select(SignInLink)).all() == []


def test_undoing_takes_back_a_role_that_was_given_to_somebody_known(any_session: Session, board: Body) -> None:
    imported(any_session, board, {"name": "Ana Silva", "email": "ana@example.org"})
    people_import = imported(any_session, board, ANA)
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Term)).all() == []
    assert ana(any_session).name == "Ana Silva"


CHANGED = {
    **ANA,
    "affiliation": "River Watch",
    "stakeholder_group": "Academia",
    "timezone": "Asia/Tokyo",
    "digest_day": "friday",
}


def test_undoing_puts_back_what_was_changed(any_session: Session, board: Body) -> None:
    imported(any_session, board, ANA)
    people_import = imported(any_session, board, {**ANA, "affiliation": "Lake Watch"}, CHANGED)
    person = ana(any_session)
    assert (person.affiliation, person.timezone, person.stakeholder_group) == ("River Watch", "Asia/Tokyo", "academia")
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (person.affiliation, person.timezone, person.stakeholder_group) == (None, "Europe/Lisbon", "unknown")
    assert any_session.get_one(Subscription, person.id).weekday == 0


def test_what_somebody_has_changed_since_stays_and_is_told(any_session: Session, board: Body) -> None:
    imported(any_session, board, ANA)
    people_import = imported(any_session, board, CHANGED)
    person = ana(any_session)
    details = PersonDetails("Ana Silva", "Her own", "academia", None, "ana@example.org", "Asia/Tokyo")
    edit_person(any_session, person, details, version=person.version, by=SYSTEM, now=NOW)
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (person.affiliation, person.timezone) == ("Her own", "Europe/Lisbon")
    assert any_session.exec(
        select(ImportedPerson.stayed).where(col(ImportedPerson.import_id) == people_import.id)
    ).all() == [["affiliation", "stakeholder_group"]]


@pytest.mark.parametrize("is_merged", [False, True])
def test_undoing_changes_nothing_of_somebody_who_serves_elsewhere_by_now(
    any_session: Session, board: Body, is_merged: bool
) -> None:
    imported(any_session, board, {"name": "Ana Silva"})
    person = any_session.exec(select(Person)).one()
    people_import = imported(any_session, board, {**ANA, "digest_day": "friday", "affiliation": "Lake Watch"})
    park = make_register(any_session, slug="park-board", name="Park Board")
    record = make_person(any_session, "Anna Silva", email=None) if is_merged else person
    record.merged_into_id = person.id if is_merged else None
    make_term(any_session, record, park, Role.SECRETARIAT)
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (person.email, person.affiliation) == ("ana@example.org", "Lake Watch")
    assert any_session.get_one(Subscription, person.id).weekday == 4
    [row] = any_session.exec(select(ImportedPerson).where(col(ImportedPerson.import_id) == people_import.id))
    assert {"email", "affiliation", "digest_day"} <= set(row.stayed)


def test_undoing_changes_nothing_of_an_operator(any_session: Session, board: Body) -> None:
    imported(any_session, board, {"name": "Ana Silva"})
    people_import = imported(any_session, board, ANA)
    person = ana(any_session)
    person.is_operator = True
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    assert person.email == "ana@example.org"


def test_undoing_lets_a_body_forget_who_is_known_elsewhere(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park-board", name="Park Board")
    make_term(any_session, make_person(any_session, "Ana Hidden", email="ana@example.org"), park)
    people_import = imported(any_session, board, ANA)
    undo_import(any_session, people_import, by=SYSTEM, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Label).where(col(Label.register_id) == board.id)).all() == []
    assert [term.body_id for term in any_session.exec(select(Term))] == [park.id]


@pytest.mark.parametrize(
    ("content", "is_guessed"),
    [
        ("Name;E-Mail\nÉva Kiss;eva@example.org\n".encode("cp1252"), True),
        ("\ufeffname,email\nÉva Kiss,eva@example.org\n".encode(), False),
        ("Name\tMail\nÉva Kiss\teva@example.org\n".encode("utf-16"), False),
        ("sep=;\r\nNAME;Email\r\nÉva Kiss;eva@example.org\r\n".encode(), False),
    ],
)
def test_a_list_is_read_as_spreadsheets_save_it(content: bytes, is_guessed: bool) -> None:
    rows, guessed = read_list(content, "people.csv", workbook)
    assert [dict(row.values) for row in rows] == [{"name": "Éva Kiss", "email": "eva@example.org"}]
    assert guessed is is_guessed


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"name\n", "p.csv"), (b"x", "p.pdf"), (b"PK", "p.xlsx"), (b"name,king\nA,B\n", "p.csv"), (b"", "p.csv")],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        read_list(content, name, workbook)


def workbook_with(name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with one person, of whose part of that name something is replaced."""
    packed = zipfile.ZipFile(io.BytesIO(write_workbook(["name"], [{"name": "Ana"}])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in packed.namelist():
            content = packed.read(part)
            archive.writestr(part, content.replace(old, new) if part == name else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<"),
        ("xl/worksheets/sheet1.xml", b"<row ", b'<row r="x" data-'),
        ("[Content_Types].xml", b"</Types>", b""),
        ("xl/workbook.xml", b"<sheets>", b"<sheets/><other>"),
    ],
)
def test_a_broken_workbook_is_refused(part: str, old: bytes, new: bytes) -> None:
    with pytest.raises(Refused, match="not a workbook"):
        read_list(workbook_with(part, old, new), "p.xlsx", workbook)
