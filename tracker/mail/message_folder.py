"""Delivery without a relay: each message becomes a file under var/mail, complete or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome, MayGo
from tracker.mail.message_bytes import Letter


class Folder:
    """Keeps messages as .eml files, one name a message, so that a second copy replaces the first."""

    keeps_letters = True
    is_quick = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def hand_over(self, letter: Letter, may_go: MayGo) -> DeliveryOutcome:
        """Write the message; a disk that cannot take it counts as a failing relay."""
        if not may_go():
            return DeliveryOutcome(DeliveryFate.LEASE_LOST)
        try:
            self._write(letter)
        except OSError as error:
            return DeliveryOutcome(DeliveryFate.RELAY_FAILED, None, f"{self.path}: {error.strerror}")
        return DeliveryOutcome(DeliveryFate.SENT)

    def close(self) -> None:
        """Do nothing: every file is closed already."""

    def _write(self, letter: Letter) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.path / f".{letter.name}.tmp"
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(letter.message)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path / f"{letter.name}.eml")


def clear(path: Path) -> None:
    """Delete every message kept there, and what is left of unfinished ones."""
    for file in [*path.glob("*.eml"), *path.glob(".*.tmp")]:
        file.unlink(missing_ok=True)


def forget(path: Path, names: Iterable[str]) -> None:
    """Delete the messages of these names, if they are kept there."""
    for name in names:
        (path / f"{name}.eml").unlink(missing_ok=True)
