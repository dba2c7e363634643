"""Labels in the bullets of minutes: what is a field, and where a bullet's words end."""

import pytest

from tracker.transcripts.reading.turns import turns

TALK = "* KR: The lamps are dark.\n* AO: All of them?\n* KR: Ten are.\n"


def labels(text: str) -> list[str | None]:
    return [turn.label for turn in turns(text)]


@pytest.mark.parametrize(
    "line",
    [
        "* Video: [link](https://example.org/1)",
        "* Keeper: abe",
        "* Guests: Ines Vale, Tom Reed",
        "* **Labels:** A-lamps, B-bulbs",
        "- Facilitator: Tom Reed",
        "* Papers:\n    * one",
    ],
)
def test_a_field_is_no_speaker(line: str) -> None:
    assert labels(f"{line}\n\n{TALK}\n{line}\n\n{TALK}") == ["KR", "AO", "KR"] * 2


def test_what_a_bullet_is_about_is_no_speaker() -> None:
    assert labels(f"{TALK}\n* Bulbs for the Winter: they cost more each year.\n") == ["KR", "AO", "KR"]


def test_a_short_answer_by_initials_is_a_speech() -> None:
    assert labels(f"{TALK}* TR: no idea\n") == ["KR", "AO", "KR", "TR"]


def test_a_first_name_that_stands_once_among_labels_is_one() -> None:
    assert labels(f"{TALK}* Ines: We buy bulbs.\n") == ["KR", "AO", "KR", "Ines"]


def test_a_bullet_of_nobody_ends_the_speech_before() -> None:
    text = f"{TALK}* the price list was passed round\n"
    assert text[turns(text)[-1].start : turns(text)[-1].end] == "Ten are."


def test_initials_that_spell_a_small_word_are_a_label_among_initials() -> None:
    page = "AB: Good.\n\nTO: Fine.\n\nCD: Well.\n\n" * 3
    assert labels(page) == ["AB", "TO", "CD"] * 3


def test_the_name_of_an_issue_is_no_speech() -> None:
    page = "AB: Good.\n\n#12 - Lamps\n\nCD: Well.\n\n#14: Bulbs\n\nAB: Yes.\n"
    assert [page[turn.start : turn.end] for turn in turns(page)] == ["Good.", "Well.", "Yes."]


def test_what_stands_below_a_bullet_belongs_to_its_speaker() -> None:
    text = f"{TALK}    * ten of forty\n"
    assert text[turns(text)[-1].start : turns(text)[-1].end] == "Ten are.\n    * ten of forty"


def test_a_nick_among_names_is_a_label() -> None:
    names = "".join(f"{name}: Some words of theirs.\n\n" for name in ("Ines", "Abe", "Ruth", "Ines", "Abe", "Ruth"))
    assert labels(names + "oli: mine too.\n\n" * 3).count("oli") == 3
