"""The verbs of people/."""

from datetime import date

from sqlmodel import select

from tests.factories import NOW, TODAY, make_person
from tests.verbs import World, case
from tracker.people import (
    calendar_links,
    changes,
    import_people,
    import_rows,
    invitations,
    masked_addresses,
    merged_records,
    own_account,
    terms,
)
from tracker.people import undo_import as undoing
from tracker.people.details import BodyDetails, PersonDetails
from tracker.people.models import Frequency, ImportedPerson, Label, PeopleImport, Role
from tracker.tables.text_tables import TableRow


@case(changes.add_person)
def add_person(world: World) -> None:
    changes.add_person(world.session, PersonDetails("Bo Berg"), by=world.by, now=NOW)


@case(changes.edit_person)
def edit_person(world: World) -> None:
    details = PersonDetails("Ana Sousa")
    changes.edit_person(world.session, world.ana, details, version=world.ana.version, by=world.by, now=NOW)


@case(masked_addresses.show_address)
def show_address(world: World) -> None:
    masked_addresses.show_address(world.session, world.ana, by=world.by, now=NOW)


@case(changes.add_body)
def add_body(world: World) -> None:
    changes.add_body(world.session, BodyDetails("Readers' Council"), by=world.by, now=NOW)


@case(changes.edit_body)
def edit_body(world: World) -> None:
    details = BodyDetails("Library Council")
    changes.edit_body(world.session, world.board, details, version=world.board.version, by=world.by, now=NOW)


@case(changes.add_class)
def add_class(world: World) -> None:
    changes.add_class(world.session, "Schools", by=world.by, now=NOW)


def label(world: World) -> Label:
    return changes.add_label(world.session, world.ana, world.board.id, "MS SILVA", by=world.by, now=NOW)


@case(changes.add_label)
def add_label(world: World) -> None:
    label(world)


@case(changes.label_by_name)
def label_by_name(world: World) -> None:
    changes.label_by_name(world.session, world.ana, world.board.id, by=world.by, now=NOW)


@case(changes.drop_label)
def drop_label(world: World) -> None:
    changes.drop_label(world.session, label(world), by=world.by, now=NOW)


@case(terms.add_term)
def add_term(world: World) -> None:
    days = terms.Days(date(2012, 1, 1))
    terms.add_term(world.session, world.ana, world.board, Role.CHAIR, days, by=world.by, now=NOW)


@case(terms.end_term)
def end_term(world: World) -> None:
    days = terms.Days(date(2012, 1, 1))
    term = terms.add_term(world.session, world.ana, world.board, Role.CHAIR, days, by=world.by, now=NOW)
    terms.end_term(world.session, term, TODAY, by=world.by, now=NOW)


@case(terms.set_stewards)
def set_stewards(world: World) -> None:
    bo = make_person(world.session, "Bo Berg")
    terms.set_stewards(world.session, world.of_board, world.ana, bo, by=world.by, now=NOW)


@case(terms.subscribe)
def subscribe(world: World) -> None:
    terms.subscribe(world.session, world.ana, by=world.by, now=NOW)


@case(terms.subscribe_reachable)
def subscribe_reachable(world: World) -> None:
    terms.subscribe_reachable(world.session, world.ana, by=world.by, now=NOW)


@case(terms.make_operator)
def make_operator(world: World) -> None:
    terms.make_operator(world.session, world.ana, by=world.by, now=NOW)


@case(own_account.hide_steps)
def _(world: World) -> None:
    own_account.hide_steps(world.session, world.ana, by=world.by, now=NOW)


@case(own_account.show_steps)
def _(world: World) -> None:
    own_account.hide_steps(world.session, world.ana, by=world.by, now=NOW)
    own_account.show_steps(world.session, world.ana, by=world.by, now=NOW)


@case(own_account.set_preferences)
def set_preferences(world: World) -> None:
    wanted = own_account.Preferences("fr", None, Frequency.WEEKLY, 1, 9)
    own_account.set_preferences(world.session, world.ana, wanted, version=world.ana.version, by=world.by, now=NOW)


@case(own_account.set_password)
def set_password(world: World) -> None:
    own_account.set_password(world.session, world.ana, "a hash", by=world.by, now=NOW)


@case(own_account.end_everywhere)
def end_everywhere(world: World) -> None:
    own_account.end_everywhere(world.session, world.ana, by=world.by, now=NOW)


@case(merged_records.merge)
def merge(world: World) -> None:
    merged_records.merge(
        world.session, make_person(world.session, "A Silva", email=None), world.ana, by=world.by, now=NOW
    )


@case(merged_records.undo_merge)
def undo_merge(world: World) -> None:
    other = make_person(world.session, "A Silva", email=None)
    merged_records.merge(world.session, other, world.ana, by=world.by, now=NOW)
    merged_records.undo_merge(world.session, other, by=world.by, now=NOW)


@case(import_people.import_people)
def import_list(world: World) -> None:
    rows = [TableRow(2, {"name": "Bo Berg"})]
    import_people.import_people(world.session, rows, world.board, today=TODAY, by=world.by, now=NOW)


@case(invitations.invite)
def invite(world: World) -> None:
    values = {"seen": 0, "today": TODAY, "real_now": NOW}
    invitations.invite(world.session, world.ana, world.board.id, **values, by=world.by, now=NOW)


@case(invitations.withdraw_invitation)
def withdraw_invitation(world: World) -> None:
    invite(world)
    invitations.withdraw_invitation(world.session, world.ana, world.board.id, by=world.by, now=NOW)


@case(calendar_links.renew)
def renew(world: World) -> None:
    calendar_links.renew(world.session, world.ana, by=world.by, now=NOW)


@case(calendar_links.revoke)
def revoke(world: World) -> None:
    calendar_links.renew(world.session, world.ana, by=world.by, now=NOW)
    calendar_links.revoke(world.session, world.ana, by=world.by, now=NOW)


@case(import_people.import_person)
def import_one(world: World) -> None:
    import_people.import_person(world.session, {"name": "Bo Berg"}, world.board, starts=TODAY, by=world.by, now=NOW)


@case(import_rows.import_each)
def import_each(world: World) -> list[import_rows.ImportedRow]:
    options = {"starts": TODAY, "goes_over": False, "by": world.by, "now": NOW}
    return import_rows.import_each(world.session, [TableRow(2, {"name": "Bo Berg"})], world.board, **options)


@case(import_rows.note_import)
def note_import(world: World) -> PeopleImport:
    return import_rows.note_import(world.session, import_each(world), world.board, "p.csv", by=world.by, now=NOW)


@case(undoing.undo_import)
def undo_import(world: World) -> None:
    undoing.undo_import(world.session, note_import(world), by=world.by, now=NOW)


@case(undoing.restore_fields)
def restore_fields(world: World) -> None:
    row = TableRow(2, {"name": world.ana.name, "affiliation": "River Watch"})
    options = {"starts": TODAY, "goes_over": True, "by": world.by, "now": NOW}
    rows = import_rows.import_each(world.session, [row], world.board, **options)
    import_rows.note_import(world.session, rows, world.board, "p.csv", by=world.by, now=NOW)
    imported = world.session.exec(select(ImportedPerson)).one()
    undoing.restore_fields(world.session, imported, world.board.id, by=world.by, now=NOW)
