"""The forms of a saved list: its name, and who sees it."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from tracker.items.models import SavedView
from tracker.items.saved_lists import LONGEST_NAME
from tracker.web.app import context
from tracker.web.app.address_numbers import WholeNumberField

OWN = "own"
SHARED = "shared"


class ViewForm(FlaskForm):
    """The name of a saved list, and who sees it."""

    name = StringField(lazy_gettext("Name"), [DataRequired(lazy_gettext("Give it a name.")), Length(max=LONGEST_NAME)])
    seen_by = SelectField(lazy_gettext("Who sees it"), default=OWN)
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self) -> "ViewForm":
        """Fill in who may see it: only the secretariat shares."""
        self.seen_by.choices = [(OWN, gettext("only me"))]
        # A shared list stands in everybody’s menu, so somebody must keep it short.
        if context.is_secretariat():
            self.seen_by.choices.append((SHARED, gettext("everybody with a role here")))
        return self

    @property
    def is_shared(self) -> bool:
        """Tell whether it is for all who serve in the register."""
        return bool(self.seen_by.data == SHARED)


class RestoreListForm(FlaskForm):
    """A name for a restored list, where its own name is taken."""

    name = StringField(lazy_gettext("Name"), [Length(max=LONGEST_NAME)])


def form_of(view: SavedView) -> ViewForm:
    """Return the form as a request filled it in, else as the view stands."""
    return ViewForm(data=_standing(view)).offer()


def stored_form_of(view: SavedView) -> ViewForm:
    """Return the form as the view stands now."""
    return ViewForm(formdata=None, data=_standing(view)).offer()


def _standing(view: SavedView) -> dict[str, object]:
    seen_by = SHARED if view.is_shared else OWN
    return {"name": view.name, "seen_by": seen_by, "version": view.version}
