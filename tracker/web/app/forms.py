"""The old name of `refuse`."""

from tracker.web.app.form_saving import refuse

__all__ = ["refuse"]
