"""The wording of a report: what the values of its picture are called, each in one phrase of the language."""

from dataclasses import dataclass, replace

from tracker.items.models import Capacity, Channel, Progress
from tracker.items.party_models import ClosingDoubt, ResponseState
from tracker.items.reported_words import is_own
from tracker.items.status import is_closed
from tracker.reports.paper import Cell
from tracker.reports.progress import (
    Concern,
    ReportView,
    concern,
    doubt_of,
    is_promised,
    slipped_days,
    waits_for_condition,
)
from tracker.reports.snapshot import (
    Picture,
    ReportedAnswer,
    ReportedItem,
    ReportedMilestone,
    ReportedPosition,
    ReportedQuote,
    ReportStanding,
    Scope,
)
from tracker.wording import phrases
from tracker.wording.language import Language
from tracker.wording.stored_values import SHAPES


@dataclass(frozen=True)
class ReportWording:
    """A picture with the language it is written in and the address its links begin with."""

    picture: Picture
    language: Language
    #: as "https://tracker.example.org"; empty for links within a site
    root: str = ""

    def item_address(self, number: int) -> str:
        """Return where an item is shown."""
        return f"{self.root}/items/{number}"

    def quote_address(self, entry: ReportedItem, quote: ReportedQuote) -> str:
        """Return where the passage stands in its context; the item where its readers can open no such transcript.

        That is so of a transcript that is not imported and, in a public report, of one that is not published.
        """
        is_closed_to_readers = self.picture.scope is Scope.PUBLISHED and quote.words is None
        if quote.transcript is None or is_closed_to_readers:
            return self.item_address(entry.number)
        transcript = f"{self.root}/transcripts/{quote.transcript}"
        # A written contribution has no turns.
        if quote.turn is None:
            return transcript
        return f"{transcript}#turn-{quote.turn}"

    def standing(self, standing: ReportStanding) -> str:
        """Return the heading of that standing."""
        _ = self.language.gettext
        return {
            ReportStanding.OVERDUE: _("Overdue"),
            ReportStanding.DISPUTED: _("Closed, but disputed or partly"),
            ReportStanding.PAST: _("Past its date, not accepted"),
            ReportStanding.OPEN: _("Open, in time"),
            ReportStanding.WAITING: _("Open, waiting"),
            ReportStanding.DONE: _("Done"),
            ReportStanding.NO_LONGER_PURSUED: _("No longer pursued"),
        }[standing]

    def group(self, view: ReportView, key: str | None) -> str:
        """Return what a group of a view is called; a key of None is the group of items without one."""
        _ = self.language.gettext
        if key is None:
            return {
                ReportView.MILESTONE: _("No milestone"),
                ReportView.THEME: _("No theme"),
                ReportView.OWNER: _("No owner yet"),
            }[view]
        match view:
            case ReportView.MILESTONE:
                return self.milestone(key)
            case ReportView.THEME:
                return self.language.word(key)
            case ReportView.OWNER:
                return self.picture.name(key)

    def milestone(self, slug: str) -> str:
        """Return a milestone's title with its days."""
        milestone = self.picture.point(slug)
        if milestone is None:
            return slug
        return f"{milestone.title} ({self.days(milestone)})"

    def days(self, milestone: ReportedMilestone) -> str:
        """Return the days of a milestone, or that they are not certain yet."""
        if milestone.tentative:
            return self.language.gettext("tentative")
        return self.language.days(milestone.starts_on, milestone.ends_on)

    def group_cell(self, view: ReportView, key: str | None) -> Cell:
        """Return a group's name for a table, a milestone with its days below."""
        milestone = self.picture.point(key)
        if view is not ReportView.MILESTONE or milestone is None:
            return Cell(self.group(view, key))
        return Cell(milestone.title, note=self.days(milestone))

    def put_forward(self, entry: ReportedItem) -> str:
        """Return who put it forward, and who reported it if it was somebody else."""
        name = self.picture.name(entry.put_forward_by or entry.reported_of)
        reporter = self.picture.name(entry.reported_by)
        return phrases.put_forward(self.language, name, reporter, is_reported=not is_own(entry))

    def capacity(self, capacity: Capacity, of: str | None, channel: Channel = Channel.IN_THE_ROOM) -> str:
        """Return for whom somebody spoke, and how their words reached the room if they were not in it."""
        text = phrases.capacity(self.language, capacity, of)
        if channel is Channel.IN_THE_ROOM:
            return text
        return f"{text}, {self.language.word(channel)}"

    def progress(self, entry: ReportedItem) -> Cell:
        """Return how far the item has come; a closing that somebody doubts says so beside it, never alone."""
        note = self._reason(entry)
        is_counted = entry.done_count is not None and entry.total_count
        if entry.progress is not Progress.DONE_IN_PART or not is_counted:
            return replace(self.closing(entry.progress, doubt_of(entry)), note=note)
        text = self.language.gettext(
            "done in part, %(done)s of %(total)s", done=entry.done_count, total=entry.total_count
        )
        return Cell(text, mark=SHAPES[entry.progress], note=note)

    def closing(self, progress: Progress, doubt: ClosingDoubt | None) -> Cell:
        """Return a progress by itself, with the doubt about it if there is one."""
        return Cell(phrases.closing(self.language, progress, doubt), mark=SHAPES[progress])

    def awaited(self, entry: ReportedItem) -> str:
        """Return the party that the item waits for; a person is not named for it, as no owner is."""
        # What a volunteer still owes is nobody else’s business; their body answers for it.
        if entry.waiting_for and entry.waiting_for.startswith("person:"):
            return self.language.gettext("a volunteer")
        return self.picture.name(entry.waiting_for)

    def _reason(self, entry: ReportedItem) -> str:
        name = self.awaited(entry)
        if name and entry.progress is Progress.WAITING:
            return phrases.waits_for(self.language, None, name)
        return entry.progress_reason or phrases.waits_for(self.language, entry.waiting_kind, None)

    def due(self, entry: ReportedItem, *, is_told: bool = False) -> Cell:
        """Return when it is due, and below it whether it is late, later than promised, or waits for a condition.

        `is_told` where its table says already that the date has passed, or for what the item waits.
        """
        _ = self.language.gettext
        notes = []
        if waits_for_condition(entry) and not is_closed(entry.progress) and not is_told:
            notes.append(_("waits for its condition: %(condition)s", condition=entry.condition))
        if entry.due_on is None:
            return Cell(_("no date"), note=" · ".join(notes))
        reason = concern(entry, self.picture.as_of)
        if reason is Concern.OVERDUE:
            notes.append(phrases.overdue_by(self.language, entry.due_on, self.picture.as_of))
        if reason is Concern.PAST and not is_told:
            notes.append(phrases.past_not_accepted(self.language))
        if slipped_days(entry):
            first_day = self.language.day(entry.promised_on)
            notes.append(phrases.first_set(self.language, first_day, is_promised=is_promised(entry)))
        return Cell(self.language.day(entry.due_on), note=" · ".join(notes))

    def due_cell(self, entry: ReportedItem) -> Cell:
        """Return the same for a table that tells the rest: a dash where there is no date and nothing to say of it."""
        cell = self.due(entry, is_told=True)
        if entry.due_on is None and not cell.note:
            return Cell("–")
        return cell

    def owner(self, entry: ReportedItem) -> str:
        """Return the body that owns the item."""
        if not entry.is_owned:
            return self.language.gettext("no owner yet")
        return self.picture.name(entry.owner) or self.language.gettext("a volunteer")

    def owner_cell(self, entry: ReportedItem) -> Cell:
        """Return the same for a table: where nobody owns an item, a dash is read faster than a phrase in each row."""
        if entry.is_owned:
            return Cell(self.owner(entry))
        return Cell("–")

    def progress_and_due(self, entry: ReportedItem) -> Cell:
        """Return how far the item has come and, below it, why and until when."""
        cell = self.progress(entry)
        notes = [cell.note]
        if entry.due_on is not None:
            due = self.due(entry)
            notes += [self.language.gettext("due %(day)s", day=due.text), due.note]
        return replace(cell, note=" · ".join(note for note in notes if note))

    def answer(self, answer: ReportedAnswer) -> str:
        """Return an addressee with its response, and the day of it."""
        state = self.language.word(answer.response)
        # Until the item is sent, a day would be that of something else.
        if answer.responded_on and answer.response is not ResponseState.NOT_YET_SENT:
            state = f"{state} ({self.language.day(answer.responded_on)})"
        return f"{self.addressee(answer.party)}: {state}"

    def addressee(self, party: str) -> str:
        """Return what an addressee is called; a person whom the report does not name has no key."""
        if party:
            return self.picture.name(party)
        return self.language.gettext("a person")

    def answers(self, entry: ReportedItem) -> str:
        """Return all addressees with their responses."""
        return "; ".join(self.answer(answer) for answer in entry.answers) or self.language.gettext("no addressee")

    def position(self, position: ReportedPosition) -> str:
        """Return where a party stands, in what capacity, and who reported it if the party did not speak."""
        stance = self.language.word(position.stance)
        if position.condition:
            stance = f"{stance} {position.condition}"
        capacity = self.capacity(position.capacity, position.capacity_of)
        text = f"{self.picture.name(position.party)}: {stance} ({capacity})"
        reporter = self.picture.name(position.reported_by)
        if not reporter:
            return text
        return self.language.gettext("%(position)s, reported by %(reporter)s", position=text, reporter=reporter)
