"""There is no way to change anything that leaves no event: every verb is called once, and its line is found."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlmodel import Session, select

import tracker
from tests.verbs import CASES, make_world, name_of, verbs_of
from tracker.history import Event
from tracker.updates import changes

FOLDERS = sorted(path.stem for path in (Path(__file__).parent / "verbs").glob("[!_]*.py"))
for folder in FOLDERS:
    import_module(f"tests.verbs.{folder}")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_verb_of_a_folder_has_its_case(folder: str) -> None:
    assert set(verbs_of(folder)) == {name for name in CASES if name.startswith(f"{folder}.")}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_verb_leaves_its_event(session: Session, name: str) -> None:
    world = make_world(session)
    before = lines(session)
    CASES[name](world)
    session.commit()
    left = lines(session) - before
    assert left
    assert world.by.key in {actor for _, _, _, actor in left}


def lines(session: Session) -> set[tuple[int | None, str, str, str]]:
    """Every line of the history; one verb lets it begin anew, with the first numbers again."""
    return set(session.exec(select(Event.id, Event.verb, Event.subject, Event.actor)).all())


def test_a_verb_that_is_told_who_acts_is_found() -> None:
    assert name_of(changes.record) in set(verbs_of("updates"))


def test_no_folder_with_verbs_is_left_out() -> None:
    edges = {"web", "cli"}
    folders = {found.name for found in iter_modules(tracker.__path__) if found.ispkg} - edges
    assert {folder for folder in folders if any(verbs_of(folder))} == set(FOLDERS)
