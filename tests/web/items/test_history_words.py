"""History reads as sentences: who did what, in the past tense, and without names for people from outside."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tracker.history_verbs import Verb
from tracker.items.models import LinkKind, Relation
from tracker.items.party_models import SendWay
from tracker.web.items.history_words import ABOUT, ATTACHED, LINKED, LINKED_FROM, PASSIVES, VERBS, sentence

NAMES = {"party": "Archive Office", "to": "Ana Silva", "person": "Bo Berg", "other": "7"}


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def said(verb: Verb, **after: Any) -> str:
    text, _ = sentence(verb, after, lambda name: NAMES.get(name, ""))
    return text


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        (Verb.CREATED, "created this item"),
        (Verb.UNPUBLISHED, "made it internal again"),
        (Verb.PROMISE_NOTED, "recorded the first due date"),
        (Verb.OWNERSHIP_DECLINED, "declined to own it"),
        (Verb.NOTES_IMPORTED, "imported notes from a file"),
        (Verb.PASSAGES_CITED, "linked passages to it"),
        (Verb.PARTING_NOTE_WRITTEN, "wrote a note for the successor"),
        (Verb.PUT_ON_THE_AGENDA, "put it on an agenda"),
        (Verb.TAKEN_OFF_THE_AGENDA, "took it off an agenda"),
        (Verb.OWNERSHIP_REQUESTED, "asked Archive Office to own it"),
        (Verb.OWNERSHIP_PASSED_ON, "passed the request to own it on from Archive Office to Ana Silva"),
        (Verb.REQUEST_WITHDRAWN, "withdrew the request to Archive Office"),
        (Verb.OWNERSHIP_ENDED, "ended the ownership of Archive Office"),
        (Verb.SECOND_PERSON_TOLD, "told the second person, Bo Berg, that nobody has answered"),
        (Verb.HELPER_ADDED, "added Bo Berg as helper"),
        (Verb.HELPER_REMOVED, "removed Bo Berg as helper"),
        (Verb.ADDRESSEE_ADDED, "added Archive Office as addressee"),
        (Verb.ADDRESSEE_REMOVED, "removed Archive Office as addressee"),
        (Verb.SENDING_UNDONE, "undid the sending to Archive Office"),
        (Verb.RESPONSE_RECORDED, "recorded the response of Archive Office"),
        (Verb.POSITION_NOTED, "added the position of Archive Office"),
        (Verb.POSITION_REMOVED, "removed the position of Archive Office"),
    ],
)
def test_a_verb_says_who_it_was_done_to(verb: Verb, text: str) -> None:
    assert said(verb) == text


@pytest.mark.parametrize("way", SendWay)
def test_sending_says_by_which_way(way: SendWay) -> None:
    assert re.fullmatch(r"sent it to Archive Office (by|in) [a-z ]+", said(Verb.SENT_TO_ADDRESSEE, way=way))


def test_whoever_has_been_erased_is_somebody() -> None:
    text, _ = sentence(Verb.HELPER_ADDED, {}, lambda name: "")
    assert text == "added somebody as helper"


@pytest.mark.parametrize("kind", LinkKind)
def test_a_link_reads_rightly_from_both_of_its_items(kind: LinkKind) -> None:
    from_here = said(Verb.LINKED, kind=kind)
    from_there = said(Verb.LINKED_FROM, kind=kind)
    assert from_here != from_there
    assert "item 7" in from_here
    assert "item 7" in from_there
    assert said(Verb.UNLINKED, kind=kind) == said(Verb.UNLINKED_FROM, kind=kind) == "removed the link to item 7"


@pytest.mark.parametrize("relation", Relation)
def test_attaching_a_proposal_says_what_it_does_to_the_item(relation: Relation) -> None:
    texts = [said(Verb.PROPOSAL_ATTACHED, relation=other) for other in Relation]
    assert texts.count(said(Verb.PROPOSAL_ATTACHED, relation=relation)) == 1


def test_what_a_sentence_names_is_not_listed_again() -> None:
    _, in_text = sentence(Verb.OWNERSHIP_PASSED_ON, {}, lambda name: NAMES.get(name, ""))
    assert {"party", "to"} <= in_text
    assert sentence(Verb.EDITED, {}, lambda name: "")[1] == frozenset()


def test_a_verb_of_a_later_version_is_a_change() -> None:
    assert sentence("a verb that nobody knows", {}, lambda name: "") == ("changed it", frozenset())


def test_a_line_follows_a_name_and_a_passive_stands_alone() -> None:
    active = [str(text) for text in (*VERBS.values(), *ABOUT.values(), *ATTACHED.values(), *LINKED.values())]
    active += map(str, LINKED_FROM.values())
    assert [text for text in active if not text[0].islower() or text.endswith(".")] == []
    assert [text for text in map(str, PASSIVES.values()) if not text[0].isupper() or text.endswith(".")] == []
