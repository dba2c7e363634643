"""What the head of a text tells of its names."""

import pytest

from tracker.transcripts.speakers.name_legends import read_legend


@pytest.mark.parametrize(
    "head",
    [
        "Present: Anna Brown (AB), Carl Dent (CD)\n",
        "AB = Anna Brown\nCD = Carl Dent\n",
        "AB: Anna Brown, Tide Union\nCD: Carl Dent\n",
        "| Anna Brown | AB | Tide Union |\n| Carl Dent  | CD | Bluewave |\n",
        "### Attendees\n- Anna Brown - Tide Union (AB) - chair\n- Carl Dent - Bluewave (CD)\n",
        "## Present\n\n* [Anna Brown](https://a.example.org/#me)\n* [Carl Dent](https://c.example.org)\n",
        "## Attendance\n\n- Members: Anna Brown, Carl Dent\n",
    ],
)
def test_initials_are_explained(head: str) -> None:
    assert read_legend(head).keys == {"ab": "Anna Brown", "cd": "Carl Dent"}


def test_initials_that_do_not_fit_explain_nothing() -> None:
    assert read_legend("The Tide Union (UN) met.\n").keys == {}


def test_initials_that_two_of_those_present_have_explain_nothing() -> None:
    assert read_legend("Present: Anna Brown, Alma Berg, Carl Dent\n").keys == {"cd": "Carl Dent"}


def test_a_speech_that_begins_like_a_legend_explains_nothing() -> None:
    assert read_legend("TT: Thanks Timea\nCHAIR: Constance Hall\n\nNo thanks.\n").keys == {}


def test_who_was_present_is_known() -> None:
    assert read_legend("Attendees:\n- Anna Brown (Tide Union)\n- Carl Dent\n\nText.\n").present == (
        "Anna Brown",
        "Carl Dent",
    )


def test_who_holds_the_chair_is_known() -> None:
    assert read_legend("Chair: Anna Brown\nDate: today\n").roles == {"chair": "Anna Brown"}
