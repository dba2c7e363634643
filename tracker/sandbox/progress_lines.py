"""A child process says how far it is: one line a step, on a descriptor of its own that the parent listens to."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: names that descriptor to the child
VARIABLE = "INTERSESSION_STEPS"
Hear = Callable[[str], None]


def tell(step: str) -> None:
    """Say that this step begins; nothing where nobody listens."""
    descriptor = os.environ.get(VARIABLE)
    if descriptor is not None:
        os.write(int(descriptor), step.encode() + b"\n")


@contextmanager
def listening(hear: Hear | None) -> Iterator[int | None]:
    """Yield a descriptor; what is told on it goes to `hear`, in a thread of its own. None where nobody hears."""
    if hear is None:
        yield None
        return
    reading, writing = os.pipe()
    listener = threading.Thread(target=_listen, args=(reading, hear), name="steps", daemon=True)
    listener.start()
    try:
        yield writing
    finally:
        os.close(writing)  # the child has ended: with this the lines do too
        listener.join()


def _listen(descriptor: int, hear: Hear) -> None:
    with open(descriptor, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            hear(line.strip())
