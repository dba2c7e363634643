"""How a picture's values are told: names, standings, dues and positions, each in one phrase of the language."""

from dataclasses import dataclass, replace

from tracker.items.models import Capacity, Channel, ClosingDoubt, Progress, ResponseState
from tracker.items.status import is_closed
from tracker.reports.paper import Cell
from tracker.reports.progress import (
    Concern,
    ReportStanding,
    ReportView,
    concerns,
    doubt_of,
    is_promised,
    slipped_days,
    waits_for_condition,
)
from tracker.reports.report_language import Tongue
from tracker.reports.snapshot import (
    Picture,
    ReportedAnswer,
    ReportedItem,
    ReportedMilestone,
    ReportedPosition,
    ReportedQuote,
)

#: the shapes that stand for progress wherever it is shown
MARKS = {
    Progress.NOT_STARTED: "○",
    Progress.IN_PROGRESS: "◐",
    Progress.WAITING: "⧖",
    Progress.DONE_IN_PART: "◕",
    Progress.DONE: "●",
    Progress.NO_LONGER_PURSUED: "⊘",
}


@dataclass(frozen=True)
class Telling:
    """A picture with the language it is told in and the address its links begin with."""

    picture: Picture
    tongue: Tongue
    #: as "https://tracker.example.org"; empty for links within a site
    root: str = ""

    def item_address(self, number: int) -> str:
        """Return where an item is shown."""
        return f"{self.root}/items/{number}"

    def quote_address(self, entry: ReportedItem, quote: ReportedQuote) -> str:
        """Return where the passage stands in its context; the item where its transcript is not there."""
        if quote.transcript is None:
            return self.item_address(entry.number)
        return f"{self.root}/transcripts/{quote.transcript}" + (f"#turn-{quote.turn}" if quote.turn else "")

    def standing(self, standing: ReportStanding) -> str:
        """Return the heading of that standing."""
        say = self.tongue.gettext
        return {
            ReportStanding.OVERDUE: say("Overdue"),
            ReportStanding.DISPUTED: say("Closed, but disputed or partly"),
            ReportStanding.PAST: say("Past its date, not accepted"),
            ReportStanding.OPEN: say("Open"),
            ReportStanding.WAITING: say("Waiting"),
            ReportStanding.DONE: say("Done"),
            ReportStanding.NO_LONGER_PURSUED: say("No longer pursued"),
        }[standing]

    def group(self, view: ReportView, key: str | None) -> str:
        """Return what a group of a view is called."""
        say = self.tongue.gettext
        if key is None:
            return {
                ReportView.MILESTONE: say("Tied to no milestone"),
                ReportView.THEME: say("No theme"),
                ReportView.OWNER: say("Owned by nobody yet"),
            }[view]
        match view:
            case ReportView.MILESTONE:
                return self.milestone(key)
            case ReportView.THEME:
                return self.tongue.word(key)
            case ReportView.OWNER:
                return self.picture.name(key)

    def milestone(self, slug: str) -> str:
        """Return a milestone's title with its days."""
        point = self.picture.point(slug)
        if point:
            return f"{point.title} ({self._days(point)})"
        return slug

    def _days(self, point: ReportedMilestone) -> str:
        if point.tentative:
            return self.tongue.gettext("tentative")
        return self.tongue.days(point.starts_on, point.ends_on)

    def group_cell(self, view: ReportView, key: str | None) -> Cell:
        """Return a group's name for a table, a milestone with its days below."""
        point = self.picture.point(key) if view is ReportView.MILESTONE else None
        if point:
            return Cell(point.title, note=self._days(point))
        return Cell(self.group(view, key))

    def put_forward(self, entry: ReportedItem) -> str:
        """Return who put it forward, and who reported it if it was somebody else."""
        say = self.tongue.gettext
        name = self.picture.name(entry.put_forward_by)
        reporter = self.picture.name(entry.reported_by)
        if not name:
            return say("Put forward by somebody not named")
        if reporter:
            return say("Put forward by %(name)s, reported by %(reporter)s", name=name, reporter=reporter)
        return say("Put forward by %(name)s", name=name)

    def capacity(self, capacity: Capacity, of: str | None, channel: Channel = Channel.IN_THE_ROOM) -> str:
        """Return for whom somebody spoke, and how his words reached the room if he was not in it."""
        said = self.tongue.word(capacity) + (f": {of}" if of else "")
        if channel is Channel.IN_THE_ROOM:
            return said
        return f"{said}, {self.tongue.word(channel)}"

    def progress(self, entry: ReportedItem) -> Cell:
        """Return how far the item has come; a closing that somebody doubts says so beside it, never alone."""
        if entry.progress is Progress.DONE_IN_PART and entry.total_count:
            text = self.tongue.gettext(
                "done in part, %(done)s of %(total)s", done=entry.done_count or 0, total=entry.total_count
            )
            return Cell(text, mark=MARKS[entry.progress], note=self._reason(entry))
        marked = self.closing(entry.progress, doubt_of(entry))
        return replace(marked, note=self._reason(entry))

    def closing(self, progress: Progress, doubted: ClosingDoubt | None) -> Cell:
        """Return a progress by itself, and what takes away from it if anything does."""
        text = self.tongue.word(progress)
        if doubted:
            doubt = self.tongue.word(doubted)
            text = self.tongue.gettext("%(progress)s, but %(doubt)s", progress=text, doubt=doubt)
        return Cell(text, mark=MARKS[progress])

    def awaited(self, entry: ReportedItem) -> str:
        """Return the party that the item waits for; a person is not named for it, as no owner is."""
        if (entry.waiting_for or "").startswith("person:"):
            return self.tongue.gettext("a volunteer")
        return self.picture.name(entry.waiting_for)

    def _reason(self, entry: ReportedItem) -> str:
        waited_for = self.awaited(entry)
        if waited_for and entry.progress is Progress.WAITING:
            return self.tongue.gettext("waits for %(name)s", name=waited_for)
        if entry.waiting_kind and not entry.progress_reason:
            return self.tongue.gettext("waits for %(name)s", name=self.tongue.word(entry.waiting_kind))
        return entry.progress_reason or ""

    def due(self, entry: ReportedItem) -> Cell:
        """Return when it is due, and why that is late, later than promised, or not late though the day is past."""
        say = self.tongue.gettext
        notes = []
        if waits_for_condition(entry) and not is_closed(entry.progress):
            notes.append(say("waits for its condition: %(condition)s", condition=entry.condition))
        if entry.due_on is None:
            return Cell(say("no date"), note=" · ".join(notes))
        if Concern.OVERDUE in concerns(entry, self.picture.as_of):
            notes.append(self._late(entry))
        if Concern.PAST in concerns(entry, self.picture.as_of):
            notes.append(say("past its date, not accepted"))
        if slipped_days(entry):
            notes.append(self._first_set(entry))
        return Cell(self.tongue.day(entry.due_on), note=" · ".join(notes))

    def _first_set(self, entry: ReportedItem) -> str:
        if is_promised(entry):
            return self.tongue.gettext("first promised for %(day)s", day=self.tongue.day(entry.promised_on))
        return self.tongue.gettext("first set for %(day)s", day=self.tongue.day(entry.promised_on))

    def _late(self, entry: ReportedItem) -> str:
        days = (self.picture.as_of - entry.due_on).days if entry.due_on else 0
        return self.tongue.ngettext("%(num)d day overdue", "%(num)d days overdue", days)

    def owner(self, entry: ReportedItem) -> str:
        """Return the body that owns the item."""
        if not entry.is_owned:
            return self.tongue.gettext("nobody yet")
        return self.picture.name(entry.owner) or self.tongue.gettext("a volunteer")

    def answer(self, answer: ReportedAnswer) -> str:
        """Return an asked party with its response, and the day of it."""
        state = self.tongue.word(answer.response)
        if answer.responded_on and answer.response is not ResponseState.NOT_YET_SENT:
            state = f"{state} ({self.tongue.day(answer.responded_on)})"
        return f"{self.picture.name(answer.party)}: {state}"

    def answers(self, entry: ReportedItem) -> str:
        """Return all asked parties with their responses."""
        return "; ".join(self.answer(answer) for answer in entry.answers) or self.tongue.gettext("nobody named")

    def stand(self, stand: ReportedPosition) -> str:
        """Return where a party stands, in what capacity, and who says so if not it itself."""
        said = f"{self.picture.name(stand.party)}: {self.tongue.word(stand.stance)}"
        if stand.condition:
            said += f" {stand.condition}"
        said += f" ({self.capacity(stand.capacity, stand.capacity_of)})"
        reporter = self.picture.name(stand.reported_by)
        if reporter:
            return self.tongue.gettext("%(position)s, reported by %(reporter)s", position=said, reporter=reporter)
        return said
