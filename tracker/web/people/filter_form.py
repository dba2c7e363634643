"""Which people a list shows: every field may be left empty, and stands in the address."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext, lazy_gettext
from wtforms import Form, SearchField, SelectField

from tracker.people.models import Body, Role
from tracker.people.people_search import Missing, PeopleQuery, Serving
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import member_or_none
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import word

#: signs of the words that are looked for; the field takes no more
LONGEST = 200


class PeopleFilter(Form):
    """The filters of the list of people."""

    q = SearchField(lazy_gettext("Name, affiliation or name as printed"), render_kw={"maxlength": LONGEST})
    role = SelectField(lazy_gettext("Role"))
    body = PickField(lazy_gettext("In"))
    group = SelectField(lazy_gettext("Stakeholder group"))
    serving = SelectField(lazy_gettext("Serves"))
    missing = SelectField(lazy_gettext("Account"))
    page = WholeNumberField()

    def offer(self, groups: dict[str, str], bodies: Sequence[Body]) -> "PeopleFilter":
        """Fill in what there is to choose from; any other value in the address counts as empty."""
        self.role.choices = [("", gettext("any")), *((role.value, word(role)) for role in Role)]
        self.body.choices = [("", gettext("any")), *((body.slug, body.name) for body in bodies)]
        # A name that is not clear is said beside the field; every other value that is none counts as empty.
        if self.body.typed:
            self.body.validate(self)
        self.group.choices = [("", gettext("any")), *groups.items()]
        self.serving.choices = [
            ("", gettext("at any time")),
            (Serving.TODAY, gettext("today")),
            (Serving.EARLIER, gettext("only in the past")),
            (Serving.LATER, gettext("only in the future")),
        ]
        self.missing.choices = [
            ("", gettext("any")),
            (Missing.ADDRESS, gettext("no mail address")),
            (Missing.SIGN_IN, gettext("has never signed in")),
        ]
        return self

    def query(self, *, keeps: bool) -> PeopleQuery:
        """Return the search; only whoever keeps the records (`keeps`) may filter by what an account lacks."""
        query = PeopleQuery(
            text=(self.q.data or "")[:LONGEST].strip(),
            role=member_or_none(Role, self._chosen("role")),
            body=self._chosen("body"),
            group=self._chosen("group"),
            serving=member_or_none(Serving, self._chosen("serving")),
            missing=member_or_none(Missing, self._chosen("missing")),
        )
        if keeps:
            return query
        return replace(query, missing=None)

    def is_used(self) -> bool:
        """Tell whether the search goes by anything but words."""
        return any(self._chosen(name) for name in ("role", "body", "group", "serving", "missing"))

    def _chosen(self, name: str) -> str | None:
        field = self[name]
        # An address may be old or typed by hand: a value that is not offered filters by nothing.
        if field.data in dict(field.choices) and field.data:
            return str(field.data)
        return None
