"""Any text that can be stored, for tests that no output fails on one: the same in each run, others in `make soak`."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: how many texts `make soak` tries, each time others; unset in `make test`
MANY = os.environ.get("ANY_TEXT_EXAMPLES")
#: what has broken outputs here or elsewhere, one kind each
NASTY = (
    "\b", "a\x00b", "\f\v\x1b[31m", "\x7f\x85\x9f", "\r\n\t", "", " ", "\u00a0", "\u2028\u2029", "\u202eabc\u2066",
    "\u200d\u200b\ufeff", "\ufffe\uffff", "\U0001f600\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\U00020bb7\u3400\U0003134a",
    "e" + "\u0301" * 60, "\u0634\u0645\u0633 abc", "\U000e0001\U0010ffff\ue000", "\\b\\u0008 \\", "_x0008_", "=1+1",
    "<b>&amp;]]>",
    "{{ 1 }} %s %(n)s {0}", "#heading *x* [a](b) $x$ @y", "x" * 3_000, "\U00020bb7" * 300,
)  # fmt: skip
#: halves of characters are in no column of text, but JSON can hold them
storable = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
halves = st.text(st.characters(categories=["Cs", "Lu"]), min_size=1, max_size=5)


def tries(few: int, share: float = 1.0) -> settings:
    """Return how a test runs: `few` texts, always the same; in `make soak` that share of as many as are asked for."""
    return settings(
        max_examples=few if MANY is None else max(few, int(int(MANY) * share)),
        derandomize=MANY is None,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
