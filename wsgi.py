"""The application, where Flask and WSGI servers look for it."""

from tracker import create_app

app = create_app()
