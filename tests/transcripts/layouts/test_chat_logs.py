"""Who speaks in a log of a chat room: the one whose words the scribe writes, and nobody where a robot is spoken to."""

import pytest

from tracker.transcripts.reading.turns import turns

SCRIBED = "<ruth> scribenick: ruth\n<ruth> Abe: the lamps are dark\n<ruth> Ines: all of them?\n<abe> yes\n"


def spoken(text: str) -> list[tuple[str | None, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in turns(text)]


def test_who_speaks_is_the_one_whom_the_scribe_names() -> None:
    assert spoken(SCRIBED) == [("Abe", "the lamps are dark"), ("Ines", "all of them?"), ("abe", "yes")]


def test_who_writes_for_others_is_a_scribe_though_the_log_does_not_say_so() -> None:
    text = "<bo> Abe: dark\n<bo> Ines: all?\n<bo> Abe: ten\n<tom> hm\n"
    assert [label for label, _ in spoken(text)] == ["Abe", "Ines", "Abe", "tom"]


def test_one_who_is_no_scribe_speaks_to_whom_they_name() -> None:
    text = "<bo> abe: are they dark?\n<abe> some\n<ines> ten\n<bo> thanks\n"
    assert spoken(text)[0] == ("bo", "abe: are they dark?")


def test_two_scribes_write_for_others() -> None:
    text = f"{SCRIBED}<abe> scribe+\n<ruth> scribe+ abe\n<abe> Ruth: I am off now\n"
    assert spoken(text)[-1] == ("Ruth", "I am off now")


def test_the_scribe_goes_on_after_a_command_in_the_same_turn() -> None:
    assert len(spoken(f"{SCRIBED}<ruth> Ines: so\n<tom> q+\n<ruth> … we buy bulbs\n")) == 4


def test_the_scribe_goes_on_after_somebody_elses_line_under_the_same_name() -> None:
    text = f"{SCRIBED}<ruth> Ines: so\n<tom> hear, hear\n<ruth> … we buy bulbs\n"
    assert spoken(text)[-1] == ("Ines", "we buy bulbs")


@pytest.mark.parametrize(
    "line",
    [
        "<tom> q+",
        "<tom> +q",
        "<tom> ack ines",
        "<tom> present+ Tom",
        "<tom> s/dark/out/",
        "<tom> s|dark|out|",
        "<tom> action-12?",
        "<tom> tom has joined #lamps",
        "<tom> Zakim, mute me",
        "<chair-bot> the call has begun",
        "* tom nods",
        "-!- tom has quit [Ping timeout]",
        "--> tom has joined #lamps",
    ],
)
def test_what_is_said_to_robots_and_by_them_is_no_turn(line: str) -> None:
    assert len(spoken(f"<tom> hello\n{SCRIBED}{line}\n<ines> bye\n")) == 5


def test_a_bullet_in_a_log_is_no_act_of_somebody() -> None:
    text = f"{SCRIBED}<tom> two points:\n* lamps\n* bulbs\n<ines> bye\n"
    assert ("tom", "two points:\n* lamps\n* bulbs") in spoken(text)
