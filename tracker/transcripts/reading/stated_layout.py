"""What a person says of a text's layout: which line-starts are labels, and which only look like them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """Labels as printed that the secretariat says are labels, or are none.

    A label that is named holds for every line that begins with it, and its shape (sign after it, capitals or not)
    for the other line-starts of that shape; one that is refused is refused by itself, wherever it stands.
    """

    labels: tuple[str, ...] = ()
    not_labels: tuple[str, ...] = ()


NOTHING_SAID = Layout()
