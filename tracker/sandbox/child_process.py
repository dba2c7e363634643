"""The script that limited_process.py runs: it reads an untrusted file with little memory and time.

Standard input is one line of JSON and then the file's bytes. Standard output is one line of JSON and then the bytes of
the files found within, if there are any.
"""

import contextlib
import importlib
import json
import resource
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: bytes of address space
MEMORY = 512 * 1024 * 1024
#: seconds
CPU = 20


def limit() -> None:
    """Limit what a hostile file could use up; a system that does not know a limit goes without it."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def load(name: str) -> types.ModuleType:
    """Import a module of this project without the application that its package would import."""
    package = types.ModuleType("tracker")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["tracker"] = package
    return importlib.import_module(name)


def answer(name: str, header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], Sequence[bytes]]:
    """Return the module's answer for the file, or its refusal, as JSON; and the bytes of files found within."""
    # By name: this script runs without the package, and sets its limits before anything is imported.
    module = load(name)
    sandbox = importlib.import_module("tracker.sandbox.limited_process")
    refused = importlib.import_module("tracker.errors").Refused
    try:
        done = module.work(header, data)
    except refused as refusal:
        return {"refused": {"message": refusal.message, "field": refusal.field, "values": refusal.values}}, ()
    if isinstance(done, sandbox.AnswerWithFiles):
        return {"done": done.value, "sizes": [len(part) for part in done.parts]}, done.parts
    return {"done": done}, ()


def main() -> None:
    """Read, work, answer."""
    limit()
    header = json.loads(sys.stdin.buffer.readline())
    answered, parts = answer(sys.argv[1], header, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answered).encode() + b"\n")
    sys.stdout.buffer.writelines(parts)


if __name__ == "__main__":
    main()
