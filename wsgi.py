"""The application, where Flask and WSGI servers look for it."""

import gc
import sys

gc.disable()  # what is imported stays: to look for what of it might go takes a sixth of the start
from tracker import create_app  # noqa: E402
from tracker.config import ConfigError  # noqa: E402

try:
    app = create_app()
except ConfigError as error:
    print(error, file=sys.stderr)
    raise SystemExit(2) from None
gc.freeze()
gc.enable()
