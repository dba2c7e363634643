"""Preparing reads a file elsewhere and brings back the same as reading it here."""

from datetime import date

from tests.texts import SAMPLE, sample_text
from tracker.detector.detect import candidates
from tracker.intake.prepare_file import KnownContext, KnownMilestone, prepare
from tracker.transcripts.reading.turns import turns

HEARING = KnownMilestone("autumn-hearing-2013", "Autumn hearing 2013", date(2013, 11, 7), date(2013, 11, 7))
NOW = KnownMilestone("autumn-hearing-2012", "Autumn hearing 2012", date(2012, 11, 8), date(2012, 11, 8), "Millbridge")


def test_the_child_finds_what_we_would_find() -> None:
    prepared = prepare(SAMPLE.read_bytes(), KnownContext({}, date(2012, 11, 8), (NOW, HEARING)))
    read = turns(sample_text())
    assert prepared.turns == tuple(read)
    assert prepared.candidates == tuple(candidates(sample_text(), read, date(2012, 11, 8), (NOW, HEARING)))


def test_known_people_are_named() -> None:
    prepared = prepare(b"MS OAK: Hello.", KnownContext({"MS OAK": "Karen Oak"}))
    assert prepared.turns[0].speaker == "Karen Oak"


def test_labels_that_may_be_one_persons_come_back() -> None:
    prepared = prepare(b"MR MARTIN: Yes.\n\nMR MARTINS: No.\n", KnownContext())
    assert prepared.doubts == (("MR MARTINS", "MR MARTIN"),)


def test_html_is_told_from_text() -> None:
    prepared = prepare(b"<html><body><p>MS OAK: Hello.</p></body></html>", KnownContext())
    assert (prepared.kind, prepared.text) == ("html", "MS OAK: Hello.\n")
