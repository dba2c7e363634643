"""Variants of one person fold into one; two people never do in silence."""

import pytest

from tracker.transcripts.reading.turns import hear
from tracker.transcripts.speakers.printed_names import Name, parse, printed


def names(text: str, people: dict[str, str] | None = None) -> list[str | None]:
    return [turn.speaker for turn in hear(text, people).turns]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("MR W OAK", Name("mr", "w", "oak")),
        ("Ms de la Cruz", Name("ms", None, "de la cruz")),
        ("KAREN VAN DER OAK", Name(None, "karen", "van der oak")),
        ("BILL OAK (remote)", Name(None, "bill", "oak")),
        ("CHAIR", Name(None, None, None, role=True)),
        ("NEW SPEAKER", Name(None, None, None, role=True)),
        ("CHAIR KAREN OAK", Name(None, "karen", "oak")),
        ("Müller", Name(None, None, "muller")),
    ],
)
def test_a_label_is_taken_apart(label: str, expected: Name) -> None:
    assert parse(label) == expected


def test_capitals_are_printed_as_one_writes_a_name() -> None:
    assert printed("KAREN VAN DER OAK-ELM") == "Karen van der Oak-Elm"


def test_case_spelling_and_initials_fold_into_the_full_name() -> None:
    text = "KAREN CHAPELLE: a\nMS CHAPELLE: b\nMs CHAPPELLE: c\nK CHAPELLE: d\n"
    assert names(text) == ["Karen Chapelle"] * 4


def test_a_misheard_full_name_folds() -> None:
    assert names("FRANCIS NETTO: a\nMR NETTO: b\nFRANSIS SILVA NEDO: c\n") == ["Francis Netto"] * 3


def test_an_introduction_completes_a_surname_and_beats_an_initial() -> None:
    assert names("MR W OAKEN: Hello, my name is Bill Oaken.\nMR W OAKEN: More.\n") == ["Bill Oaken"] * 2


def test_a_given_name_alone_completes_a_surname() -> None:
    assert names("MR TSIMBA: Good day, my name is Mathieu, I grow rice.\n") == ["Mathieu Tsimba"]


def test_how_others_call_someone_completes_a_surname() -> None:
    assert names("CHAIR: I thank Constance Bomel.\nMS BOMEL: Yes.\n") == [None, "Constance Bomel"]


def test_two_with_one_surname_stay_two_and_the_bare_surname_is_a_doubt() -> None:
    heard = hear("ANITA SINGH: a\nPAVAN SINGH: b\nSINGH: c\n")
    assert [turn.speaker for turn in heard.turns] == ["Anita Singh", "Pavan Singh", "Singh"]
    assert [(doubt.label, doubt.other) for doubt in heard.doubts] == [
        ("SINGH", "ANITA SINGH"),
        ("SINGH", "PAVAN SINGH"),
    ]


def test_a_man_and_a_woman_do_not_fold() -> None:
    heard = hear("MR SINGH: a\nMS SINGH: b\n")
    assert heard.doubts == ()
    assert len({turn.label for turn in heard.turns}) == 2


def test_near_surnames_without_more_are_a_doubt() -> None:
    heard = hear("MR MARTIN: a\nMR MARTINS: b\n")
    assert [turn.speaker for turn in heard.turns] == ["Martin", "Martins"]
    assert len(heard.doubts) == 1


def test_near_surnames_with_one_given_name_fold() -> None:
    text = "MR PISANTI: I am Alessio Pisanti.\nMR PISANTI: So.\nMR PISANTE: My name is Alessio Pisante.\n"
    assert names(text) == ["Alessio Pisanti"] * 3


def test_a_role_is_nobody_until_they_say_who_they_are() -> None:
    assert names("CHAIR: Hello.\nMS OAK: Yes.\nCHAIR: Next.\n") == [None, "Oak", None]


def test_a_chair_who_introduces_themselves_is_known_all_through() -> None:
    assert names("CHAIR: My name is Ilse Brand.\nMS OAK: Yes.\nCHAIR: Next.\n") == ["Ilse Brand", "Oak", "Ilse Brand"]


def test_a_new_speaker_is_known_for_their_own_turn_alone() -> None:
    assert names("NEW SPEAKER: I am Ilse Brand from here.\nNEW SPEAKER: And I?\n") == ["Ilse Brand", None]


def test_known_people_go_before_what_the_text_tells() -> None:
    assert names("MR PISANTI: I am Alessio Pisanti.\n", {"Mr Pisanti": "Alessio Pisanty"}) == ["Alessio Pisanty"]


@pytest.mark.parametrize(
    "before", ["### Proposals\n\n", "Yeah, I do.\n\nMS OAK: It was Yeah ", "Labels: I-council\n\n"]
)
def test_no_given_name_is_made_of_a_heading_or_an_interjection(before: str) -> None:
    text = f"MS OAK: yeah, proposals are late.\n\n{before}Boma: I agree.\n\nMS OAK: Good.\n\nBoma: Yes.\n"
    assert set(names(text)) <= {"Oak", "Boma"}


def test_a_surname_gets_the_given_name_by_which_two_call_it() -> None:
    text = (
        "MR BERG: I give the floor to Nermine.\nMS EL-SADI: Good day.\nKARL DENT: Thank you, Nermine. Yes.\n"
        "MS EL-SADI: Well.\nMR BERG: So.\n"
    )
    assert names(text)[1] == "Nermine El-Sadi"


def test_a_surname_that_is_called_once_or_by_two_names_stays_as_it_is() -> None:
    once = "MR BERG: I give the floor to Nermine.\nMS EL-SADI: Good day.\nMR BERG: So.\n"
    two = f"{once}MS EL-SADI: Well.\nKARL DENT: Thank you, Nora. Yes.\n"
    assert (names(once)[1], names(two)[1]) == ("El-Sadi", "El-Sadi")
