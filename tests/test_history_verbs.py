"""Verbs of history are members of one enum; each reader of history takes a verb up, or says why it passes it over."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tracker
from tracker.digests import history_summary, milestone_news
from tracker.history_verbs import SUBJECTS, Verb
from tracker.proposals import undo_speaker_decisions
from tracker.reports import replay
from tracker.web.app import change_history
from tracker.web.items import history_words

SOURCES = sorted(Path(tracker.__file__).parent.rglob("*.py"))
#: where the verb stands among what a call is given
PLACES = {"leave": 2, "change": 3, "note_change": 2}


def spelled_out(source: str) -> Iterator[str]:
    """Yield what stands as a plain text where a verb is left, or where the verb of an event is looked at."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if len(args) > PLACES.get(name, 99):
                yield from texts(args[PLACES[name]])
            case ast.Compare(left=left, comparators=others) if any(is_verb(side) for side in (left, *others)):
                yield from (text for side in (left, *others) for text in texts(side))
            case ast.Match(subject=subject, cases=cases) if is_verb(subject):
                yield from (text for case in cases for text in texts(case.pattern))
            case ast.Call(func=ast.Attribute(value=value, attr="in_" | "startswith"), args=args) if is_verb(value):
                yield from (text for arg in args for text in texts(arg))


def is_verb(node: ast.AST) -> bool:
    """Tell whether it is `event.verb`, or that column."""
    return ast.unparse(node).removeprefix("col(").removesuffix(")").endswith(".verb")


def texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def test_no_verb_is_spelled_out() -> None:
    assert [(path.name, text) for path in SOURCES for text in spelled_out(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        'leave(session, item, "created", by=by)',
        'change(session, item, values, "edited", by=by)',
        'line.verb == "moved"',
        'col(Event.verb) == "added"',
        'col(Event.verb).in_(("added",))',
        'match event.verb:\n    case "moved" | other:\n        pass',
        'event.verb.startswith("update")',
    ],
)
def test_a_verb_that_is_spelled_out_is_seen(source: str) -> None:
    assert list(spelled_out(source))


def test_a_verb_reads_as_plain_words() -> None:
    assert [verb for verb in Verb if verb != verb.strip().lower() or "_" in verb] == []


@pytest.mark.parametrize("words", ["asked", "asker", "put to", "put back", "taken back", "taken in", "after all"])
def test_a_verb_uses_the_words_that_people_know(words: str) -> None:
    assert [verb for verb in Verb if words in verb] == []


def verbs_of(*subjects: str) -> set[Verb]:
    return set[Verb]().union(*(SUBJECTS[subject] for subject in subjects))


#: each reader of a kind of history: what it reads, what it takes up, what it passes over
READERS = {
    "replay of items": (("item",), {*replay.BY_COLUMNS, *replay.STEPS_BACK}, replay.PASSED_OVER),
    "replay of milestones": (("milestone",), replay.MILESTONE_WALKED, replay.MILESTONE_PASSED_OVER),
    "words of an item": (("item",), {*history_words.VERBS, *history_words.ABOUT, *history_words.OF_KINDS},
                         history_words.UNSAID),
    "words of the rest": (
        ("milestone", "meeting", "person", "body", "party"), change_history.VERBS, change_history.LEFT_OUT,
    ),
    "digests": (("item",), history_summary.TOLD, history_summary.UNTOLD),
    "digests of milestones": (("milestone", "series"), milestone_news.VERBS, milestone_news.UNTOLD),
    "undoing at the speakers' desk": (("transcript",), undo_speaker_decisions.BACK, undo_speaker_decisions.NOT_UNDONE),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_of_history_decides_on_every_verb(reader: str) -> None:
    subjects, taken_up, passed_over = READERS[reader]
    assert verbs_of(*subjects) - {*taken_up} == {*passed_over}


@pytest.mark.parametrize("reader", READERS)
def test_what_is_passed_over_has_its_reason(reader: str) -> None:
    assert all(READERS[reader][2].values())


def test_every_verb_has_a_subject() -> None:
    assert verbs_of(*SUBJECTS) == set(Verb)
