"""The forms of an import: one session, several at once, a written contribution; a file's meeting, its labels."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.transcripts.reading.written_contributions import Author
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.pick_field import PickField

# Names and types both: some systems know subtitles by neither, and then offer by the other.
ACCEPTED = ".txt,.htm,.html,.docx,.pdf,.vtt,.srt,.json,.md,.csv,.zip,text/plain,text/html"
CHOOSE = [FileRequired(lazy_gettext("Choose a file."))]
#: choices of a file in a batch that are no meeting
NEW = "new"
LEAVE = "leave"


class ImportForm(FlaskForm):
    """A file of captions."""

    file = FileField(
        lazy_gettext("Transcript"),
        CHOOSE,
        description=lazy_gettext(
            "Text, HTML, Word, PDF or subtitles, up to 20 MB; or a ZIP of many sessions. It is kept byte for byte."
        ),
        render_kw={"accept": ACCEPTED},
    )
    look = BooleanField(lazy_gettext("Let me check the speakers first"))


class ManyForm(FlaskForm):
    """Files of many sessions."""

    file = MultipleFileField(
        lazy_gettext("Transcripts"),
        CHOOSE,
        description=lazy_gettext("Any number of files, or a ZIP of them, up to 20 MB together."),
        render_kw={"accept": ACCEPTED},
    )


class WrittenForm(FlaskForm):
    """A document and whose it is."""

    file = FileField(
        lazy_gettext("Document"),
        CHOOSE,
        description=lazy_gettext("Text, HTML, Word or PDF, up to 20 MB. Its paragraphs take the place of turns."),
        render_kw={"accept": ACCEPTED},
    )
    person = PickField(lazy_gettext("Author"), coerce=number_or_none, suggested_by="speakers")
    name = StringField(
        lazy_gettext("Author's name"),
        [Length(max=200)],
        description=lazy_gettext("A person or an organisation that is not in the list."),
    )
    affiliation = StringField(lazy_gettext("Affiliation, as given"), [Length(max=200)])
    group = SelectField(lazy_gettext("Stakeholder group, as given"))
    for_organisation = BooleanField(lazy_gettext("Written in the name of the organisation"))

    def offer(self, people: list[tuple[int, str]], groups: list[tuple[str, str]]) -> "WrittenForm":
        """Fill in whom and what to choose from."""
        self.person.choices = [("", lazy_gettext("Somebody else: give the name")), *people]
        self.group.choices = [("", lazy_gettext("not given")), *groups]
        return self

    def validate_name(self, field: StringField) -> None:
        """Ask for a name where nobody was chosen."""
        if not self.person.data and not (field.data or "").strip():
            raise ValidationError(gettext("Choose the author, or give a name."))

    def author(self) -> Author:
        """Return whose document it is said to be."""
        chosen = self.person.data or None
        # Somebody known is chosen from the list: a name beside it would make a second person of them.
        names = {number: str(name) for number, name in self.person.choices or ()}
        name = " ".join((self.name.data or "").split())
        if chosen:
            name = names[chosen]
        return Author(chosen, name, self.affiliation.data or None, self.group.data or None, self.for_organisation.data)


class FileMeetingForm(FlaskForm):
    """For which meeting one file of a batch is."""

    class Meta:
        """The page has one token for all of these."""

        csrf = False

    meeting = PickField(lazy_gettext("Meeting"))
    title = StringField(lazy_gettext("Title of the new meeting"), [Length(max=200)])
    held_on = DateField(lazy_gettext("Day of the new meeting"), [Optional()])

    def offer(self, meetings: list[tuple[str, str]]) -> "FileMeetingForm":
        """Fill in the meetings to choose from."""
        others = [(NEW, lazy_gettext("a new meeting")), (LEAVE, lazy_gettext("do not import this file"))]
        self.meeting.choices = [*others, *meetings]
        return self


class LabelsForm(FlaskForm):
    """What is a label in a file, and what is none."""

    labels = SelectMultipleField(
        lazy_gettext("These are labels"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    more = StringField(
        lazy_gettext("Another label"),
        [Length(max=80)],
        description=lazy_gettext("As it is printed at the beginning of a line, with the sign after it."),
    )

    def offer(self, labels: list[str]) -> "LabelsForm":
        """Fill in what may be a label."""
        self.labels.choices = [(label, label) for label in labels]
        return self
