"""Whatever text is stored: every page, feed and file still answers."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings

from tests.any_text import NASTY, storable, tries
from tests.town import Town, make_town
from tests.town.addresses import every_page
from tests.web.browsing import Browser
from tracker import create_app

#: what people write or files bring, by table; names in addresses and keys are cleaned wherever they come from
WRITTEN = {
    "agenda_entry": ("note", "outcome_note"),
    "upload": ("filename", "refusal"),
    "addressee": ("answered_by", "reason", "sent_words"),
    "body": ("name",),
    "evidence": ("filename",),
    "handover": ("note",),
    "handover_part": ("answer",),
    "introduction": ("name", "affiliation"),
    "item": ("title", "text", "theme", "capacity_of", "condition", "progress_reason", "proposer_note"),
    "item_update": ("note",),
    "joined_turn": ("label", "speaker"),
    "label": ("text",),
    "meeting": ("title", "place"),
    "milestone": ("title", "place"),
    "outgoing": ("subject", "text", "last_text"),
    "ownership": ("note",),
    "parting_note": ("text",),
    "party": ("class_name",),
    "people_import": ("filename",),
    "person": ("name", "affiliation"),
    "position": ("condition", "capacity_of"),
    "proposal": ("title", "addressee", "due_hint", "note"),
    "relay": ("last_error",),
    "report": ("reason",),
    "saved_view": ("name",),
    "series": ("title", "place"),
    "speaker_doubt": ("label", "other"),
    "transcript": ("filename", "author_name", "author_affiliation"),
    "turn": ("label", "speaker", "capacity_of"),
    "wording": ("text",),
}
#: files, and who fetches them
FILES = (
    "/items.csv", "/items.xlsx", "/milestones.ics", "/transcripts/{talk}/original",
    *(f"/reports/spring/draft.{ending}" for ending in ("html", "pdf", "docx", "pptx", "md", "csv", "xlsx", "json")),
)  # fmt: skip


@pytest.fixture(scope="module")
def place(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town of this module's own, which is written over."""
    folder = tmp_path_factory.mktemp("any")
    shutil.copy(migrated, folder / "town.sqlite")
    url = f"sqlite:///{folder / 'town.sqlite'}"
    made = create_app({"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "SECRET_KEY": secrets.token_hex()})
    made.config["TESTING"] = True
    made.extensions["file_room"].patience = 60.0
    yield make_town(made)
    made.extensions["sessions"].engine.dispose()


def write_everywhere(town: Town, text: str) -> None:
    """Write the text into every field, past all that cleans it; a digit keeps apart what must differ."""
    with town.app.extensions["sessions"].engine.begin() as connection:
        for table, columns in WRITTEN.items():
            for column in columns:
                statement = f"UPDATE {table} SET {column} = :text || rowid WHERE {column} IS NOT NULL"
                connection.execute(sa.text(statement), {"text": text})
        said = connection.execute(sa.text("SELECT id, text FROM transcript")).all()
        for number, words in said:  # as long as before, so that the places of passages hold
            worn = words.replace("e", (text or "e")[0])
            connection.execute(
                sa.text("UPDATE transcript SET text = :text WHERE id = :id"), {"text": worn, "id": number}
            )


def faults(town: Town) -> dict[str, int]:
    """Fetch everything; return what did not answer."""
    names = {address.reader for address in every_page(town)}
    browsers = {name: Browser(town.app, getattr(town.world, name) if name else None) for name in names}
    wanted = [(one.path, one.reader) for one in every_page(town)]
    wanted += [(path.format(**town.names), "secretariat") for path in FILES]
    answers = {path: browsers[reader].get(path).status_code for path, reader in wanted}
    return {path: code for path, code in answers.items() if code >= 500 or (path.endswith(FILES) and code != 200)}


@pytest.mark.parametrize("text", ["".join(NASTY[:12]), NASTY[0]])
def test_every_page_and_file_holds_what_has_broken_others(place: Town, text: str) -> None:
    write_everywhere(place, text)
    assert faults(place) == {}


@settings(tries(1, share=0.02), phases=[Phase.generate])
@given(storable)
def test_every_page_and_file_holds_any_text(place: Town, text: str) -> None:
    write_everywhere(place, text)
    assert faults(place) == {}
