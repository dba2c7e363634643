"""The application, where Flask and WSGI servers look for it."""

import sys

from tracker import create_app
from tracker.config import ConfigError

try:
    app = create_app()
except ConfigError as error:
    print(error, file=sys.stderr)
    raise SystemExit(2) from None
