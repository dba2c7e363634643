"""Every stored value has a word that people read; fields and marks are drawn alike everywhere."""

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from flask import Flask, get_template_attribute, render_template_string
from flask_babel import Domain, force_locale
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectChoice, StringField

from tests.web.browsing import faults_of_page
from tests.web.pseudo import Pseudo, longer
from tracker.agendas.models import AgendaOutcome
from tracker.errors import Refused
from tracker.history_verbs import Verb
from tracker.items.models import Progress
from tracker.items.party_models import ResponseState, Stance
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.web.app.form_saving import refuse
from tracker.web.app.status_marks import labelled_mark, mark, standing
from tracker.web.app.value_words import not_an_outcome, word
from tracker.wording.stored_values import WORDS

TRACKER = Path(__file__).parents[3] / "tracker"
FILES = sorted(TRACKER.rglob("*models.py"))
MODULES = [".".join(path.relative_to(TRACKER.parent).with_suffix("").parts) for path in FILES] + ["tracker.history"]
ENUMS = [
    thing
    for module in map(import_module, MODULES)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, StrEnum) and thing not in (StrEnum, Verb)
]  # a verb reads as a sentence: see test_history_verbs.py


@pytest.mark.parametrize("options", sorted(set(ENUMS), key=lambda options: options.__name__))
def test_every_stored_value_has_a_word(options: type[StrEnum]) -> None:
    assert [member.value for member in options if member.value not in WORDS] == []


def test_no_word_says_that_a_proposal_was_agreed(app: Flask) -> None:
    with app.test_request_context():
        words = {word(value) for value in WORDS}
    assert not any(taboo in said for said in words for taboo in ("agreed", "decided", "consensus"))


def test_a_seeds_own_value_is_shown_with_blanks(app: Flask) -> None:
    with app.test_request_context():
        assert word("faith-groups") == "faith groups"


@pytest.mark.parametrize(
    ("slug", "name", "said"),
    [
        ("igf", "Internet Governance Forum", "not an IGF outcome"),
        ("mag", "Multistakeholder Advisory Group", "not an MAG outcome"),
        ("un", "United Nations", "not a UN outcome"),
        ("library-board", "Library Board", "not a Library Board outcome"),
        ("action-group", "Action Group", "not an Action Group outcome"),
    ],
)
def test_a_list_says_whose_outcome_it_is_not(app: Flask, slug: str, name: str, said: str) -> None:
    with app.test_request_context():
        assert not_an_outcome(Body(slug=slug, name=name)) == said


class SomeForm(FlaskForm):
    """A field of each kind that the macro draws in its own way."""

    title = StringField("Title")
    agree = BooleanField("I have read it")
    way = RadioField("Way", choices=[SelectChoice("a", "One"), SelectChoice("b", "Two")])


@pytest.fixture
def form(app: Flask) -> SomeForm:
    with app.test_request_context():
        yield SomeForm()


def drawn(macro: str, *values: object) -> str:
    return str(get_template_attribute("macros/forms.html", macro)(*values))


def test_a_refusal_is_tied_to_its_field(form: SomeForm) -> None:
    refuse(form, Refused("“%(title)s” is taken.", "title", title="<x>"))
    html = drawn("field", form.title, "A short one.")
    assert "“&lt;x&gt;” is taken." in html
    assert 'aria-describedby="title-hint title-error"' in html
    assert 'aria-invalid="true"' in html


def test_a_refusal_without_a_field_stands_above_the_form(form: SomeForm) -> None:
    refuse(form, Refused("The register is closed."))
    assert "<li>The register is closed.</li>" in drawn("form_errors", form)


def test_errors_above_the_form_lead_to_their_fields(form: SomeForm) -> None:
    refuse(form, Refused("Too long.", "title"))
    assert '<a href="#title">Title</a>: Too long.' in drawn("form_errors", form)


def test_a_form_without_errors_says_nothing(form: SomeForm) -> None:
    assert drawn("form_errors", form).strip() == ""


@pytest.mark.parametrize("name", ["title", "agree", "way"])
def test_every_field_is_valid_html_with_a_name(form: SomeForm, name: str) -> None:
    html = drawn("field", form[name], "A hint")
    page = f"<!doctype html><html><head><title>x</title></head><body><h1>x</h1>{html}</body></html>"
    assert faults_of_page(page) == []
    assert str(form[name].label.text) in html


@pytest.mark.parametrize("options", [Progress, ResponseState, Stance, AgendaOutcome, Visibility])
def test_a_mark_is_a_shape_of_its_own_and_a_word(app: Flask, options: type[StrEnum]) -> None:
    with app.test_request_context():
        marks = {value: mark(value) for value in options}
        assert all(word(value) in html for value, html in marks.items())
    shapes = {html.partition('aria-hidden="true">')[2].partition("</svg>")[0] for html in marks.values()}
    assert len(shapes) == len(options)


def test_what_stands_beside_a_drawing_is_text_unless_it_is_markup(app: Flask) -> None:
    with app.test_request_context():
        marks = [labelled_mark("declined", text) for text in (Markup("<b>no</b>"), "<b>no</b>")]
    assert ["<b>no</b>" in html for html in marks] == [True, False]


@pytest.mark.parametrize(("view", "said"), [("disputes", True), ("partly", True), ("satisfied", False), (None, False)])
def test_a_disputed_done_is_never_shown_as_done_alone(app: Flask, view: str | None, said: bool) -> None:
    with app.test_request_context():
        shown = standing(SimpleNamespace(progress="done", proposer_view=view))
    assert "mark-done" in shown
    assert ("says a proposer or supporter" in shown or "disputed by a proposer or supporter" in shown) is said


def test_a_word_is_said_in_the_language_of_the_moment(app: Flask) -> None:
    with app.test_request_context():
        here = word("done")
        with force_locale("fr"), mock.patch.object(Domain, "get_translations", return_value=Pseudo()):
            there = word("done")
        assert (here, there, word("done")) == ("done", longer("done"), "done")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("{{ pgettext('button', 'Answer') }}", longer("Answer")),
        ("{{ pgettext('number of parts', 'Of') }}", longer("Of")),
        ("{{ pgettext('a context that no message has', 'Answer') }}", "Answer"),
        ("{{ _('Of') }}", "Of"),
    ],
)
def test_a_message_with_a_context_is_another_message(app: Flask, message: str, text: str) -> None:
    with app.test_request_context(), mock.patch.object(Domain, "get_translations", return_value=Pseudo()):
        assert render_template_string(message) == text


def test_values_in_a_sentence_are_escaped_on_a_page_and_left_in_a_mail(app: Flask) -> None:
    sentence = "{{ _('by %(name)s', name=name) }} {{ ngettext('%(num)d %(name)s', '%(num)d %(name)s', 2, name=name) }}"
    with app.test_request_context():
        page = render_template_string(sentence, name="<b>")
        mail = app.jinja_env.overlay(autoescape=False).from_string(sentence).render(name="<b>")
    assert (page, mail) == ("by &lt;b&gt; 2 &lt;b&gt;", "by <b> 2 <b>")
