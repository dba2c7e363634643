"""A bad seed file says on which line what is wrong."""

from pathlib import Path

import pytest

from tests.seed.sample import TEXT, write
from tracker.seed.check_file import check
from tracker.seed.read_file import Lines, SeedError, parse, read


def line_of(part: str) -> int:
    return TEXT[: TEXT.index(part)].count("\n") + 1


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file, lines = read(write(tmp_path))
    check(file, lines)
    assert [item.title for item in file.items] == ["Open on Sundays", "Lend tools"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: call", "kind: shout", "items 1, kind"),
        ("title: Lend tools", "titel: Lend tools", "no such key"),
        ("    kind: offer\n", "", "kind: is missing; add it"),
        ("number: 2", "number: two", "items 2, number"),
        ("name: Bo Berg", 'name: "\\u200b"', "people 1, name"),
        ("number: 2", "number: true", "items 2, number"),
        ("{on: 2013-05-01}", "{on: 2013-15-01}", "cannot be read"),
        ("{on: 2013-05-01}", "{on: 2013-05-01, milestone: spring}", "either a day"),
        ("condition: Someone pays., ", "", "supports-if needs a condition"),
        ("source: talk, passage: [30, 40]", "source: talk", "needs its source"),
        ("steward: ana-silva", "second: ana-silva", "before the second"),
        ("steward: ana-silva", "steward: bo-berg, second: bo-berg", "another person"),
        ("number: 2", "number: 1", "is used on line"),
        ("slug: cy-cole", "slug: schools", "is used on line"),
        ("put_forward_by: bo-berg", "put_forward_by: nobody", "no party of this file"),
        ("addressed_to: [schools, readers]", "addressed_to: [schools, nobody]", "addressed_to 2: “nobody” is no party"),
        ("speaker: ana-silva", "speaker: schools", "no person of this file"),
        ("stakeholder_group: youth", "stakeholder_group: elders", "no stakeholder group"),
        ("{body: readers, role", "{body: schools, role", "no body of this file"),
        ("body: library-board", "body: readers", "no register of this file"),
        ("parent: library-board", "parent: readers", "must stand above"),
        ("ends_on: 2013-03-02", "ends_on: 2013-02-02", "put the days in order"),
        ("start: 10, end: 19", "start: 10, end: 10", "greater than start"),
        ("passage: [30, 40]", "passage: [40, 30]", "end after its start"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SeedError, match=said) as error:
        check(*read(write(tmp_path, (old, new))))
    assert error.value.line in (line_of(old), line_of("  - number: 2"))
    assert str(error.value).startswith(f"board.yaml, line {error.value.line}: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1", 1),
        ("a: 1\nb: 'x", 2),
        ("a: 1\na: 2", 2),
        ("a: &x 1\nb: *x", 2),
        ("a: 1\n? [b]\n: c", 2),
        ("a: 1\nb: \x07", 2),
        ("a: !!python/object:os.system x", 1),
        ("[" * 3000, 1),
    ],
)
def test_what_is_no_plain_yaml_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SeedError) as error:
        parse(text, Lines("x.yaml"))
    assert error.value.line == line


@pytest.mark.parametrize("word", ["on", "off", "yes", "no"])
def test_short_words_are_words_and_no_truth_values(word: str) -> None:
    assert parse(f"{word}: {word}", Lines("x.yaml")) == {word: word}


@pytest.mark.parametrize("content", [b"format: 1\nbody: \xff", b"\xff"])
def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(SeedError, match=f"line {content.count(chr(10).encode()) + 1}: not UTF-8"):
        read(path)


@pytest.mark.parametrize("text", ["", "- 1", "word"])
def test_what_is_no_seed_is_told_what_one_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(SeedError, match="keys and their values"):
        read(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="check the path"):
        read(tmp_path / "none.yaml")
