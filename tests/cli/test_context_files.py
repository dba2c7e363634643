"""Context files: people and milestones in every form that a command takes."""

from datetime import date
from pathlib import Path

import pytest

from tests.texts import ROOT
from tracker.cli.context_files import milestones_of, people_of
from tracker.errors import Refused

YAML = "milestones:\n  - {slug: may, title: May meeting, starts_on: 2013-05-21, ends_on: 2013-05-23, place: Arden}\n"
JSONL = (
    '{"slug": "may", "title": "May meeting", "starts_on": "2013-05-21", "ends_on": "2013-05-23", "place": "Arden"}\n'
)
CSV = "slug,title,starts_on,ends_on,place\nmay,May meeting,2013-05-21,2013-05-23,Arden\n"


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(("name", "text"), [("a.yaml", YAML), ("a.jsonl", JSONL), ("a.csv", CSV)])
def test_milestones_come_in_any_form(tmp_path: Path, name: str, text: str) -> None:
    day = milestones_of(write(tmp_path, name, text))[0]
    assert (day.slug, day.starts_on, day.ends_on, day.place) == ("may", date(2013, 5, 21), date(2013, 5, 23), "Arden")


def test_a_milestone_without_a_last_day_has_one_day(tmp_path: Path) -> None:
    day = milestones_of(write(tmp_path, "a.csv", "slug,title,starts_on\nmay,May,2013-05-21\n"))[0]
    assert day.ends_on == date(2013, 5, 21)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "milestones: [{slug: may}]"),
        ("a.yaml", "[1, 2]"),
        ("a.yaml", "a: [b"),
        ("a.jsonl", "no json\n"),
        ("a.csv", "slug,title,starts_on\nmay,May,soon\n"),
    ],
)
def test_a_bad_calendar_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(Refused, match=name):
        milestones_of(write(tmp_path, name, text))


def test_the_projects_own_seed_is_a_calendar_and_a_list_of_people() -> None:
    assert "igf-2013" in {day.slug for day in milestones_of(ROOT / "seed_actions.yaml")}
    assert "MR DE LA CHAPPELLE" in people_of(ROOT / "seed_actions.yaml")


def test_people_are_known_by_name_and_labels(tmp_path: Path) -> None:
    known = people_of(write(tmp_path, "a.csv", "name,labels\nAna Silva,MS SILVA; A SILVA\n"))
    assert known == {"Ana Silva": "Ana Silva", "MS SILVA": "Ana Silva", "A SILVA": "Ana Silva"}


def test_a_file_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"a\.csv"):
        people_of(write(tmp_path, "a.csv", "email\nana@example.org\n"))
