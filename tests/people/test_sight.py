"""Who sees the same, for whom a statement is kept once."""

from dataclasses import replace

from tracker.people.queries import Sight
from tracker.updates.reading_rules import may_read

MEMBER = Sight(person_id=7, register_ids=frozenset({1, 2}), secretariat_of=frozenset({2}))
RAPPORTEUR = replace(MEMBER, only_rapporteur_in=frozenset({1}))


def test_all_who_serve_in_the_same_registers_see_alike() -> None:
    assert MEMBER.alike == replace(MEMBER, person_id=8, secretariat_of=frozenset()).alike
    assert MEMBER.alike != replace(MEMBER, register_ids=frozenset({1})).alike


def test_a_mere_rapporteur_sees_as_themselves_alone() -> None:
    assert RAPPORTEUR.alike is RAPPORTEUR
    assert RAPPORTEUR.alike != replace(RAPPORTEUR, person_id=8).alike


def test_who_one_is_does_not_stand_in_what_members_may_read() -> None:
    values = may_read(MEMBER).compile().params.values()
    assert MEMBER.person_id not in values
    assert RAPPORTEUR.person_id in may_read(RAPPORTEUR).compile().params.values()
    assert MEMBER.register_ids <= {one for value in values if isinstance(value, list) for one in value}
