"""There is no way to change anything that leaves no event: every verb is called once, and its line is found."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from flask_babel import gettext
from sqlmodel import Session, col, select

import tracker
from tests.factories import NOW, TODAY
from tests.verbs import CASES, World, make_world, name_of, verbs_of
from tracker.history import Event
from tracker.history_verbs import SUBJECTS
from tracker.items.changes import edit
from tracker.items.create import ItemContent
from tracker.items.models import Item, ItemKind, Progress
from tracker.people.models import Body
from tracker.reports.past_state import last_event
from tracker.reports.snapshot import ReportedItem, Scope
from tracker.reports.take_snapshot import SnapshotRequest, take
from tracker.updates import changes
from tracker.updates.progress_rules import ProgressStep
from tracker.web.items.history_words import sentence

#: what factories write of the rows they make
MADE = "made"
#: cases that do something and take it back: all stands as before
UNDOES = frozenset(
    {
        "updates.changes.undo_update", "updates.changes.revert_update", "bulk.changes.undo_bulk_edit",
        "items.changes.unpublish", "items.changes.unlink", "items.sent_to_addressees.undo_sending",
        "triage.decisions.undo", "triage.decide_batch.undo_batch", "items.positions.remove_position",
        "items.ownership.remove_helper", "meetings.changes.reinstate", "answers.record_answer.undo_answer",
        "answers.undo_ownership_answer.undo_ownership_answer",
    }
)  # fmt: skip
BEGINS_ANEW = frozenset({"seed.start_empty.start_empty"})
for path in sorted((Path(__file__).parent / "verbs").glob("[!_]*.py")):
    import_module(f"tests.verbs.{path.stem}")
FOLDERS = sorted({name.partition(".")[0] for name in CASES})


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_verb_of_a_folder_has_its_case(folder: str) -> None:
    assert set(verbs_of(folder)) == {name for name in CASES if name.startswith(f"{folder}.")}


def test_a_case_stands_in_the_file_of_its_folder() -> None:
    files = {name: case.__module__.rpartition(".")[2] for name, case in CASES.items()}
    assert {name: file for name, file in files.items() if file != name.partition(".")[0]} == {}


def test_the_verbs_named_here_are_there() -> None:
    assert not (UNDOES | BEGINS_ANEW) - set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_verb_leaves_its_event_and_history_leads_back(session: Session, name: str) -> None:
    world = make_world(session)
    register, start, before, lines_before = world.board.id, last_event(session), entries(world), lines(session)
    CASES[name](world)
    session.commit()
    assert_its_own(lines(session) - lines_before, world)
    if name.partition(".")[0] in ("items", "updates"):
        assert_sentences(session)
    if name in BEGINS_ANEW or session.get(Body, register) is None:
        return  # the register went, and its history with it
    end, after = last_event(session), entries(world)
    move_on(world)
    assert (entries(world, start), entries(world, end)) == (before, after)
    if name in UNDOES:
        assert before == after


def assert_its_own(left: set[tuple[int | None, str, str, str]], world: World) -> None:
    """There are lines of whoever acted, and each is of a verb that the history of such a thing holds."""
    assert left
    assert world.by.key in {actor for _, _, _, actor in left}
    assert {(subject, verb) for _, verb, subject, _ in left if not belongs(verb, subject)} == set()


def belongs(verb: str, subject: str) -> bool:
    """Tell whether the history of such a thing holds that verb; what a factory made has one of its own."""
    return verb == MADE or verb in SUBJECTS[subject.partition(":")[0]]


def assert_sentences(session: Session) -> None:
    """What was left on an item reads as a sentence of its own."""
    on_items = select(Event).where(col(Event.subject).startswith("item:"), col(Event.verb) != MADE)
    for event in session.exec(on_items):
        text, _ = sentence(event.verb, {**event.before, **event.after}, lambda name: name)
        assert text not in ("", str(gettext("changed it")))


def entries(world: World, through: int | None = None) -> list[ReportedItem]:
    """The items of the register after that line, without news and the day of an earlier answer."""
    through = last_event(world.session) if through is None else through
    wanted = SnapshotRequest("february", TODAY, through, Scope.INTERNAL, in_full=False)
    plain = {"last_news_on": None}
    return [
        replace(entry, answers=tuple(replace(answer, responded_on=None) for answer in entry.answers), **plain)
        for entry in take(world.session, world.board, wanted).entries
    ]


def move_on(world: World) -> None:
    """Let every item of the register change once more."""
    for item in world.session.exec(select(Item).where(col(Item.body_id) == world.board.id)):
        content = ItemContent(title="Something else", kind=ItemKind.OFFER)
        edit(world.session, item, content, seen_version=item.version, by=world.by, now=NOW)
        step = ProgressStep(
            Progress.IN_PROGRESS if item.progress is not Progress.IN_PROGRESS else Progress.WAITING, "money"
        )
        changes.record(world.session, item, world.ana, "Moved on", progress=step, by=world.by, now=NOW)
    world.session.commit()


def lines(session: Session) -> set[tuple[int | None, str, str, str]]:
    """Every line of the history; one verb lets it begin anew, with the first numbers again."""
    return set(session.exec(select(Event.id, Event.verb, Event.subject, Event.actor)).all())


def test_a_verb_that_is_told_who_acts_is_found() -> None:
    assert name_of(changes.record) in set(verbs_of("updates"))


def test_no_folder_with_verbs_is_left_out() -> None:
    edges = {"web", "cli"}
    folders = {found.name for found in iter_modules(tracker.__path__) if found.ispkg} - edges
    assert {folder for folder in folders if any(verbs_of(folder))} == set(FOLDERS)
