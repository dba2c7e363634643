"""What is a speaker's label, and what only looks like one."""

import pytest

from tracker.transcripts.reading.labels import labels


def found(text: str) -> list[str]:
    return [label.text for label in labels(text)]


@pytest.mark.parametrize(
    "label",
    [
        "MR DE LA CRUZ", "Mr DE LA CRUZ", "KAREN O'NEIL", "MS EL-SAYED", "A CRUZ", "JOHANN", "CHAIR", "NEW SPEAKER",
        "Chair", "Karen Rosewood", "Dr. Karen Rosewood", "SPEAKER 2", "MÜLLER", "BILL OAK (remote)",
        "The representative of France", "السيد منصور",
    ],
)  # fmt: skip
def test_names_and_roles_are_labels(label: str) -> None:
    assert found(f"{label}: Good morning.\n") == [label]


@pytest.mark.parametrize(
    "line",
    [
        "Sixth proposal: we go on.",
        "The lesson from this is the following: wait.",
        "5th observation: it rained.",
        "Next Steps: none.",
        "ACTION: Karen to write.",
        "DISCLAIMER: typed live.",
        "https://example.org/",
        "at 10:30 we stop",
        "Summary: long.",
        "MR OAK: 's motion, then.",
    ],
)
def test_what_merely_ends_in_a_colon_is_not(line: str) -> None:
    assert found(f"{line}\n") == []


@pytest.mark.parametrize("arrow", [">> ", ">>", ">>> "])
def test_arrows_make_labels_also_in_mid_line(arrow: str) -> None:
    assert found(f"{arrow}KAREN OAK: Yes. {arrow}karen: No.\n") == ["KAREN OAK", "karen"]


def test_two_capitalised_words_are_doubted_where_labels_are_in_capitals() -> None:
    capitals = "".join(f"{name} OAK: Yes.\n" for name in ("ANN", "BEN", "CAT", "DAN", "EVE"))
    assert "Upper Tarrow" not in found(capitals + "Upper Tarrow: twelve houses.\n")


def test_the_speech_begins_after_the_colon() -> None:
    text = "\n  CHAIR:  Hello"
    label = labels(text)[0]
    assert text[label.speech :] == "  Hello"


def test_labels_come_in_the_order_of_the_text_whatever_their_case() -> None:
    text = "Minutes\nBrent: Hello all.\nKaren: Good day.\nbrent: shall we start\nKaren: yes, do.\nbrent: then let us.\n"
    places = [label.start for label in labels(text)]
    assert places == sorted(places)
