"""The form with which a register of one's own begins."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker.people.details import BodyDetails
from tracker.seed.start_empty import Beginning
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.people.forms import NAME, zones_and


class BeginningForm(FlaskForm):
    """What the register is called and where it is, and who runs it."""

    name = StringField(lazy_gettext("Name of your body"), NAME)
    slug = StringField(
        lazy_gettext("Short name"),
        [Length(max=40)],
        description=lazy_gettext("Small letters, as in “igf”. Web addresses contain it."),
    )
    timezone = SelectField(lazy_gettext("Time zone"))
    your_name = StringField(lazy_gettext("Your name"), NAME)
    email = StringField(
        lazy_gettext("Your mail address"),
        [InputRequired(lazy_gettext("Give your address. Sign-in links go there.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "email"},
    )

    #: the newest line of history when what goes was told
    seen = WholeNumberField(widget=HiddenInput(), default=0)

    def offer(self, zone: str) -> "BeginningForm":
        """Fill in what there is to choose from, the zone at hand included."""
        self.timezone.choices = zones_and(zone)
        return self

    def beginning(self) -> Beginning:
        """Return what was filled in."""
        return Beginning(
            body=BodyDetails(name=self.name.data, timezone=self.timezone.data),
            short=(self.slug.data or "").strip() or None,
            name=self.your_name.data,
            email=self.email.data,
        )
