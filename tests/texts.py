"""Texts that tests read: the sample session, and the Baku transcript where this machine has it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tracker" / "seed" / "sample" / "session.txt"
SAMPLE_GOLD = ROOT / "tests" / "expected" / "sample_gold.jsonl"
BAKU = Path(
    os.environ.get("BAKU_TRANSCRIPT") or ROOT.parent / "shared" / "transcripts" / "igf-2012-baku-taking-stock.txt"
)


def sample_text() -> str:
    """The sample session as offsets count in it."""
    return SAMPLE.read_bytes().decode("utf-8")


def baku_text() -> str:
    """The Baku transcript; skips the test, with the reason, where it is absent."""
    if not BAKU.is_file():
        pytest.skip(f"the Baku transcript is not at {BAKU}; set BAKU_TRANSCRIPT to where it is")
    return BAKU.read_bytes().decode("utf-8-sig")
