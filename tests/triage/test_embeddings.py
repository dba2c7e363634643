"""Vectors of what passages mean: languages apart, who asks for the same is near."""

from base64 import b64decode

import numpy as np

from tracker.triage.embeddings import ALIKE, NEAREST, encoded, nearest, packed, vectors

SAME = [
    "Please keep an archive of all sessions.",
    "Conservez une archive de toutes les sessions.",
    "Plant more trees by the old harbour.",
]


def test_the_same_wish_in_two_languages_is_near_and_another_is_not() -> None:
    english, french, trees = encoded(SAME)
    assert english @ french > ALIKE > english @ trees


def test_too_few_words_are_like_nothing() -> None:
    assert nearest(vectors(b""), encoded(["We should do it.", "We should do it."])) == [[], []]


def test_a_vector_comes_back_as_it_was_packed() -> None:
    one = encoded(SAME[:1])
    assert np.allclose(vectors(b64decode(packed(one[0]))), one, atol=1e-3)


def test_only_what_came_before_is_near_the_likest_first() -> None:
    fresh = encoded([SAME[0], SAME[2], SAME[1]])
    assert nearest(vectors(b""), fresh)[:2] == [[], []]
    assert [place for place, _ in nearest(fresh[:2], fresh[2:])[0]] == [0]


def test_no_more_than_the_nearest_few_are_named() -> None:
    many = encoded(SAME[:1] * (NEAREST + 3))
    assert [len(found) for found in nearest(vectors(b""), many)][-2:] == [NEAREST, NEAREST]
