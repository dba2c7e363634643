"""The application on a free port of this machine, in a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress import wasyncore


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application; give its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # It runs as long as it has connections, and a browser keeps its own open; its own thread alone may close them.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
    running.join(10)
    server.task_dispatcher.shutdown()
