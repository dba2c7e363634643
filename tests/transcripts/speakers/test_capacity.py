"""In what capacity speakers say that they speak."""

import time

import pytest

from tracker.items.models import Capacity as Stored
from tracker.items.models import Channel
from tracker.transcripts.speakers.capacity import StatedCapacity, capacity_of


def of(text: str) -> StatedCapacity:
    return capacity_of(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "capacity", "party"),
    [
        ("I speak on behalf of the Government of Kenya and I agree.", "government", "the Government of Kenya"),
        ("I speak on behalf of Brazil.", "government", "Brazil"),
        ("On behalf of the Youth Coalition, thank you.", "coalition-or-group", "the Youth Coalition"),
        ("Speaking on behalf of Harbour Ltd, no.", "organisation", "Harbour Ltd"),
        ("I am speaking in my personal capacity.", "own", None),
        ("Speaking only for myself: no.", "own", None),
        ("Not on behalf of my company, but in my own capacity.", "own", None),
        ("Speaking as a MAG member, I support this.", "mag-member", None),
        ("As co-chair of the river council, I thank you.", "chair", "the river council"),
        ("With my moderator's hat, next.", "moderator", None),
        ("As the host country we welcome you.", "host", None),
        ("I thank the chair and the secretariat.", None, None),
    ],
)
def test_the_capacity_is_what_is_said(text: str, capacity: str | None, party: str | None) -> None:
    assert (of(text).capacity, of(text).on_behalf_of) == (capacity, party)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("We have a comment from a remote participant. He is against.", "remote"),
        ("I am joining you online from Accra.", "remote"),
        ("I will speak in French.", "through-interpretation"),
        ("[Interpretation] Thank you.", "through-interpretation"),
        ("The remote islands need cables.", None),
    ],
)
def test_the_channel_is_what_is_said(text: str, channel: str | None) -> None:
    assert of(text).channel == channel


def test_what_a_rapporteur_reports_is_reported() -> None:
    said = of("Hello, I'm reporting from workshop 52 on tides. The panel proposed a map.")
    assert (said.capacity, said.reported, said.on_behalf_of) == ("rapporteur", True, "workshop 52 on tides")


def test_what_is_read_out_for_somebody_is_reported() -> None:
    assert of("I am reading out a comment from Ms Oak.").reported


def test_the_span_covers_the_words_that_say_it() -> None:
    text = "Thank you. I speak on behalf of Norway and I agree."
    span = of(text).span
    assert span
    assert text[span.start : span.end] == "on behalf of Norway"


def test_every_value_is_one_that_can_be_stored() -> None:
    said = of("As a rapporteur of it, I will speak in French.")
    assert said.capacity in set(Stored)
    assert said.channel in set(Channel)


@pytest.mark.parametrize("text", ["as a " * 200_000, "on behalf of " * 80_000, "speaking " * 100_000, "not " * 250_000])
def test_a_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    of(text)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "text",
    [
        "The report of the Chairman should be shorter.",
        "We need reports for each session.",
        "Let me thank you on behalf of the efficiency of this house.",
        "In the name of brevity I stop here.",
        "I wonder what happens if I speak in Japanese.",
        "We speak French in my village, but the map is in English.",
        "You can follow us through the interpretation channel.",
        "Should I speak in French or in English?",
        "It would be good if delegates could speak in Russian.",
    ],
)
def test_what_is_not_sure_is_not_stated(text: str) -> None:
    assert (of(text).capacity, of(text).on_behalf_of, of(text).channel) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "I will speak in French, if I may.",
        "[Interpretation] Thank you, Chair.",
        "(Speaking in Spanish) Thank you.",
        "I shall continue in Russian.",
        "I speak through an interpreter.",
    ],
)
def test_interpretation_needs_a_sign_that_it_was(text: str) -> None:
    assert of(text).channel == "through-interpretation"


@pytest.mark.parametrize(
    ("text", "capacity", "party"),
    [
        ("On behalf of the Chairman I welcome you.", "chair", "the Chairman"),
        ("I am reporting from workshop 7.", "rapporteur", "workshop 7"),
        ("I report on the morning panel.", "rapporteur", "the morning panel"),
        ("Reporting back from the round table, we have a list.", "rapporteur", "the round table"),
        ("As the rapporteur of the tide panel I can be brief.", "rapporteur", "the tide panel"),
    ],
)
def test_what_is_said_of_ones_part_is_read(text: str, capacity: str, party: str | None) -> None:
    assert (of(text).capacity, of(text).on_behalf_of) == (capacity, party)
