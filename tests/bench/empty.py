"""An empty Flask page on the server that `flask serve` uses: what a page costs that does nothing."""

import os

import waitress
from flask import Flask

#: as many as `flask serve` has
THREADS = 8

if __name__ == "__main__":
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    waitress.serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=THREADS, ident=None)
