"""The form of an update: a note, a new progress with what belongs to it, a link or a file."""

from collections.abc import Iterator

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.items.models import Progress, WaitingKind
from tracker.items.status import allowed_progress
from tracker.meetings.models import Visibility
from tracker.updates.evidence import LONGEST_URL, File, Link, Proof
from tracker.updates.progress_rules import ProgressStep
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import DEPENDS, member_or_none, words
from tracker.web.app.party_field import PartyField
from tracker.web.app.value_words import word


class UpdateForm(FlaskForm):
    """What happened since; every part may be left out, but not all of them."""

    note = TextAreaField(lazy_gettext("What happened"), [Length(max=10_000), DEPENDS])
    reason = StringField(
        lazy_gettext("What it waits for, or why it is no longer pursued"),
        [Length(max=1_000), DEPENDS],
    )
    progress = SelectField(lazy_gettext("Progress"), [DEPENDS])
    waiting_for = PartyField(
        lazy_gettext("Who it waits for"), [DEPENDS], none=lazy_gettext("nobody: for something else")
    )
    waiting_kind = SelectField(lazy_gettext("What it waits for"), [DEPENDS], default="")
    done = WholeNumberField(lazy_pgettext("number of parts", "Done"), [Optional(), NumberRange(0, 100_000)])
    total = WholeNumberField(lazy_pgettext("number of parts", "Of"), [Optional(), NumberRange(0, 100_000)])
    link = StringField(
        lazy_gettext("Link to the evidence"),
        [Length(max=LONGEST_URL)],
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )
    file = FileField(lazy_gettext("Or a file"), description=lazy_gettext("Up to 10 MB; kept as it is."))
    new_day = DateField(
        lazy_gettext("New due date"),
        [Optional()],
        description=lazy_gettext("Say why in the note. The first due date is kept."),
    )
    visibility = RadioField(lazy_gettext("Who may read the note"), default=Visibility.INTERNAL.value)
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, progress: Progress) -> "UpdateForm":
        """Fill in what there is to choose from, with the progress as it stands first."""
        stays = gettext("stays %(progress)s", progress=word(progress))
        self.progress.choices = [
            ("", stays),
            *words(after for after in allowed_progress(progress) if _moves(progress, after)),
        ]
        self.waiting_kind.choices = kinds_to_wait_for()
        if self.progress.data == progress and not _moves(progress, progress):
            self.progress.data = ""  # somebody else was as quick: there it stays
        self.visibility.choices = [
            (Visibility.INTERNAL.value, gettext("the register's own people")),
            (Visibility.PUBLISHED.value, gettext("anyone, once the item is published")),
        ]
        return self

    def step(self) -> ProgressStep | None:
        """Return the new progress with what belongs to it; None where it stays."""
        if not self.progress.data:
            return None
        return ProgressStep(
            progress=Progress(self.progress.data),
            reason=self.reason.data,
            waiting_for=self.waiting_for.data,
            done=self.done.data,
            total=self.total.data,
            waiting_kind=member_or_none(WaitingKind, self.waiting_kind.data),
        )

    def evidence(self) -> Iterator[Proof]:
        """Yield the link and the file that were given."""
        if self.link.data and self.link.data.strip():
            yield Link(self.link.data)
        # The browser’s word for the type is kept, but never believed: see `evidence` of the pages.
        if self.file.data:
            upload = self.file.data
            yield File(upload.filename or "", upload.mimetype or "application/octet-stream", upload.stream.read())


def kinds_to_wait_for() -> list[tuple[str | int, str]]:
    """Return what kinds of things there are to wait for; a party that is named says so by itself."""
    return [("", gettext("not stated")), *words(WaitingKind)]


def _moves(before: Progress, after: Progress) -> bool:
    """Two kinds of progress may be told anew: who or what is waited for, and how many are done."""
    return before is not after or after in (Progress.WAITING, Progress.DONE_IN_PART)
