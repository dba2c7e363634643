"""Every message that refuses something is plain English, holds no word of the program, and says what to do."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import tracker

ROOT = Path(tracker.__file__).parent
RAISES = frozenset({"Refused", "Stale"})
#: what a call gives beside the values of the message
BESIDE = frozenset({"field"})
PLACE = re.compile(r"%\((\w+)\)[sd]")
#: words of the program: with dots inside or underscores, braces, and bare format signs
CODE = re.compile(r"(?<![.\w/-])\w+\.(?:\w+\.)*[a-z]\w*|\w*_\w*|[{}]|%(?!\()")
#: file endings, commands, columns and addresses that people type are no words of the program
TYPED = re.compile(
    r"(?<!\w)\.(?:csv|xlsx|jsonl)\b|https?://|flask [a-z-]+|--[a-z-]+|starts_on|addressed_to|seed_actions.yaml"
)
PEOPLE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
ACTIONS = """
add answer ask cancel change check choose close correct create decide divide edit enter erase export filter
find give import invite keep leave let load look make mark merge name open pack publish put
reinstate reload remove replace request run save say see select send set sign snooze split start stop take
tick tidy try undo unpack update upload use wait withdraw write
"""
DOES = frozenset(ACTIONS.split())
#: nothing is left to do: it is as it was to be, or somebody came before
DONE = re.compile(r"\b(?:already|meanwhile|so already)\b")


@dataclass(frozen=True)
class Message:
    """A message with where it stands and the names of the values it gets; None where they are not written out."""

    place: str
    text: str | None
    values: frozenset[str] | None


@cache
def trees() -> dict[str, ast.Module]:
    """Read the program, for the worker alone that has these tests: all workers load this module."""
    paths = sorted(ROOT.rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def constants(tree: ast.Module) -> dict[str, str]:
    """Return the texts that a module keeps under a name of its own."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


#: messages that a call is handed by another place, which is read there
HANDED_ON = frozenset(
    {"tables/text_tables.py", "sandbox/limited_process.py", "updates/changes.py", "answers/record_answer.py"}
)


def messages() -> Iterator[Message]:
    everywhere = {name: text for tree in trees().values() for name, text in constants(tree).items()}
    for place, tree in trees().items():
        named = everywhere | constants(tree)
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[_, *_]) if name in RAISES:
                    yield read(node, f"{place}:{node.lineno}", named)
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if name in KEYED:
                    for value in values:
                        yield Message(f"{place}:{node.lineno}", ast.literal_eval(value), frozenset())


#: tables of messages
KEYED = frozenset({"NEEDS_REASON"})


def read(call: ast.Call, place: str, named: dict[str, str]) -> Message:
    """Return the message of a call, written there or kept under a name."""
    message = call.args[0]
    text = message.value if isinstance(message, ast.Constant) else named.get(ast.unparse(message).rpartition(".")[2])
    names = frozenset(keyword.arg for keyword in call.keywords)
    values = None if None in names else frozenset(name for name in names if name and name not in BESIDE)
    return Message(place, text if isinstance(text, str) else None, values)


@cache
def all_messages() -> tuple[Message, ...]:
    return tuple(messages())


def written() -> list[Message]:
    return [message for message in all_messages() if message.text is not None]


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with a message, by the rules that a machine can tell."""
    plain = TYPED.sub("", PLACE.sub("X", text))
    if code := CODE.search(plain):
        yield f"word of the program: {code.group()}"
    if PEOPLE.search(plain):
        yield "people are they"
    if plain.lstrip("“")[0].islower():
        yield "begins small"
    if plain[-1] != "." and not text.endswith(")s"):
        yield "has no end"
    hands_on = text.endswith("%(fault)s")  # what follows is a message of its own
    if not DONE.search(text) and not hands_on and not DOES & {part.split()[0].lower() for part in parts(plain)}:
        yield "does not say what to do"


def parts(text: str) -> list[str]:
    """Return the sentences and what follows a colon, a comma or an "or": each may tell what to do."""
    return [part for part in re.split(r"[.:;,]\s+|\bor |\bthen |\band ", text) if part.split()]


def test_every_message_is_fit_to_be_read() -> None:
    assert len(written()) > 250
    assert [(m.place, m.text, fault) for m in written() for fault in faults(m.text or "")] == []


def test_every_place_of_a_message_has_its_value_and_every_value_its_place() -> None:
    odd = [m for m in written() if m.values is not None and set(PLACE.findall(m.text or "")) != m.values]
    assert odd == []


def test_every_message_is_a_constant_that_can_be_translated() -> None:
    computed = {m.place for m in all_messages() if m.text is None}
    assert {place for place in computed if place.partition(":")[0] not in HANDED_ON | {"items/responses.py"}} == set()


@pytest.mark.parametrize(
    "text",
    [
        "a title is missing. Give one.",
        "The case.row is wrong. Correct it.",
        "The due_on is wrong. Correct it.",
        "Give {count} of them.",
        "Give %s of them.",
        "Everybody answers for himself. Choose another.",
        "This is not so.",
        "Choose another",
    ],
)
def test_a_message_that_is_not_fit_is_seen(text: str) -> None:
    assert list(faults(text))


@pytest.mark.parametrize(
    "text", ["Give a .csv or .jsonl file.", "“%(slug)s” is taken. Choose another.", "Run: flask seed."]
)
def test_a_message_that_is_fit_passes(text: str) -> None:
    assert not list(faults(text))
