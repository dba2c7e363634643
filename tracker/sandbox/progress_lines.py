"""The progress of a child process: one line for each step, on a pipe that the parent listens to.

A module of its own: the child imports it without the rest of the sandbox.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: the variable that gives the child the descriptor of the pipe
VARIABLE = "INTERSESSION_STEPS"
Hear = Callable[[str], None]


def tell(step: str) -> None:
    """Announce that this step begins; does nothing where nobody listens."""
    descriptor = os.environ.get(VARIABLE)
    if descriptor is not None:
        os.write(int(descriptor), step.encode() + b"\n")


@contextmanager
def listening(hear: Hear | None) -> Iterator[tuple[int, ...]]:
    """Yield the descriptor to pass to the child, or none; each line on it is passed to `hear`, in its own thread."""
    if hear is None:
        yield ()
        return
    reading, writing = os.pipe()
    listener = threading.Thread(target=_listen, args=(reading, hear), name="steps", daemon=True)
    listener.start()
    try:
        yield (writing,)
    finally:
        # The child has ended, so this ends the lines.
        os.close(writing)
        listener.join()


def _listen(descriptor: int, hear: Hear) -> None:
    with open(descriptor, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            hear(line.strip())
