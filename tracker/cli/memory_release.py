"""What the C library keeps of memory that Python has given back."""

import contextlib
import ctypes

#: the number of this setting in glibc's malloc.h
ARENA_MAX = -8


def one_arena() -> None:
    """Let all threads allocate from one heap; to be called before there are any.

    glibc gives each thread one of its own, which keeps what that thread once needed. Other C libraries do not.
    """
    with contextlib.suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, 1)
