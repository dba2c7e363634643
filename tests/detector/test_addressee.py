"""Who is asked to act, in the passage's own words."""

import pytest

from tracker.detector.addressee import addressee


@pytest.mark.parametrize(
    ("quote", "party"),
    [
        ("Governments should publish their budgets.", "Governments"),
        ("We call on all member states to ratify it.", "all member states"),
        ("I would ask the secretariat to send us a list.", "the secretariat"),
        ("Could the host country provide a room?", "the host country"),
        ("The website of the WFO secretariat needs to be translated.", "the WFO secretariat"),
        ("The Steering Committee on Media and Culture will discuss it.", "The Steering Committee on Media and Culture"),
        ("I think the MAG should write to them.", "the MAG"),
        ("The upstream mills and the local authorities must meet.", "the local authorities"),
    ],
)
def test_a_party_is_named_verbatim(quote: str, party: str) -> None:
    assert addressee(quote, quote.lower()) == party


@pytest.mark.parametrize("quote", ["We should do it.", "It would be useful to have a list.", "People should know."])
def test_nobody_is_named_where_nobody_is_asked(quote: str) -> None:
    assert addressee(quote, quote.lower()) is None
