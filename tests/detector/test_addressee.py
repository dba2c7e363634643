"""Who is asked to act, in the speaker's own words."""

import pytest

from tracker.detector.addressee import addressee, bodies_named


@pytest.mark.parametrize(
    ("quote", "party"),
    [
        ("Governments should publish their budgets.", "Governments"),
        ("We call on all member states to ratify it.", "member states"),
        ("I would ask the secretariat to send us a list.", "secretariat"),
        ("Could the host country provide a room?", "host country"),
        ("The website of the WFO secretariat needs to be translated.", "WFO secretariat"),
        ("The Steering Committee on Media and Culture will discuss it.", "Steering Committee on Media and Culture"),
        ("I think the MAG should write to them.", "MAG"),
        ("The upstream mills and the local authorities must meet.", "local authorities"),
        ("Governments, above all small ones, should publish their budgets.", "Governments"),
        ("We urge the ministries here to open their books.", "ministries"),
        ("It should be done by the WFO.", "WFO"),
        ("A fund is needed, and perhaps the MAG, not the WFO, can find one.", "MAG"),
        ("Could the treasurer explain in writing where the money went?", "treasurer"),
        ("It is up to the bus companies to print the new timetable.", "bus companies"),
        ("The budget should be looked at by the finance committee.", "finance committee"),
        ("We recommend that schools teach swimming.", "schools"),
        ("I want librarians to be trained in this.", "librarians"),
        ("What I expect from the planning office is a map by June.", "planning office"),
        ("The task of the regional offices is to collect the forms.", "regional offices"),
        ("Remote hubs must get a vote.", "Remote hubs"),
        ("I'd ask that the web team fix the form.", "web team"),
        ("Petra, could you send the minutes by Monday?", "Petra"),
        ("Petra to send the minutes by Monday.", "Petra"),
        ("The city council, as the owner of the hall, should repair the roof.", "city council"),
        ("It is essential that operators report every cut within a day.", "operators"),
        ("The text must be agreed with and signed by the trade unions.", "trade unions"),
        ("Developers of such systems shall document their data.", "Developers"),
        ("We are looking for help from the WFO.", "WFO"),
    ],
)
def test_a_party_is_named_verbatim_without_its_article(quote: str, party: str) -> None:
    assert addressee(quote, quote.lower()) == party
    assert party in quote


@pytest.mark.parametrize(
    "quote",
    [
        "We should do it.",
        "It would be useful to have a list.",
        "People should know.",
        "The API should be open.",
        "Our city can host the meeting next year.",
        "Happy to write the page.",
        "Further papers could be added.",
        "It would be good to have QRX or SPQ.",
    ],
)
def test_nobody_is_named_where_nobody_is_asked(quote: str) -> None:
    assert addressee(quote, quote.lower()) is None


def test_whoever_was_named_just_before_is_meant() -> None:
    quote = "The list should be published."
    assert addressee(quote, quote.lower(), "This is a word for the secretariat.") == "secretariat"
    assert addressee(quote, quote.lower(), "The wells are deep.") is None


def test_the_meetings_own_body_is_meant_where_the_speaker_named_it() -> None:
    quote = "We should publish the list."
    speech = "The WFO has met for ten years. " + "It rained. " * 40
    assert addressee(quote, quote.lower(), speech, ("WFO",)) == "WFO"
    assert addressee(quote, quote.lower(), "It rained.", ("WFO",)) is None


def test_what_speakers_promise_is_asked_of_nobody_else() -> None:
    quote = "I will publish the list."
    assert addressee(quote, quote.lower(), "I thank the MAG.", ("WFO",)) is None


def test_letters_are_a_party_where_the_meeting_names_them_often() -> None:
    quote = "Let us repeat it at the next WFOs."
    assert addressee(quote, quote.lower(), bodies=("ILO", "WFO")) == "WFO"
    assert addressee(quote, quote.lower()) is None


def test_bodies_are_those_that_a_meeting_names_often() -> None:
    assert bodies_named("The WFO met. " * 5 + "The API works. " * 9 + "The ILO met.") == ("WFO",)
