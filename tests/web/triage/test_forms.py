"""What the forms of triage hold before anybody has typed."""

import pytest

from tracker.items.models import Relation
from tracker.proposals.models import ProposalKind
from tracker.web.triage.forms import likely_relation


@pytest.mark.parametrize(
    ("kind", "quote", "relation"),
    [
        (ProposalKind.SUPPORT, "I couldn’t agree more.", Relation.SUPPORTS),
        (ProposalKind.OBJECTION, "We oppose the fee.", Relation.OBJECTS),
        (ProposalKind.OBJECTION, "I am not sure that we should do that.", Relation.ASKS),
        (ProposalKind.REQUEST, "Is it not too early for that?", Relation.ASKS),
        (ProposalKind.REQUEST, "Please send us the list.", Relation.REPEATS),
        (ProposalKind.CALL, "We call on the mills to open their books.", Relation.REPEATS),
    ],
)
def test_a_passage_is_likely_to_do_what_its_words_say(kind: ProposalKind, quote: str, relation: Relation) -> None:
    assert likely_relation(kind, quote) is relation
