"""Full text: one index over items, notes, turns and people, kept in step by the database itself.

An entry's number is that of its row times four plus the kind, so that a change finds its entry at once. A later batch
migration of one of these four tables drops its triggers on SQLite: make them again there (`follow`).
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SPOKEN = (
    'substr((SELECT text FROM transcript WHERE id = {row}.transcript_id), {row}.start + 1, {row}."end" - {row}.start)'
)
# table, kind, title, body, and the columns that these two come from
SOURCES = (
    ("item", 0, "{row}.title", "{row}.text", "title, text"),
    ("item_update", 1, "''", "{row}.note", "note"),
    ("turn", 2, "''", SPOKEN, 'transcript_id, start, "end"'),
    ("person", 3, "{row}.name", "coalesce({row}.affiliation, '')", "name, affiliation"),
)
# PostgreSQL refuses a tsvector of more than a megabyte; what is longer is found by its beginning
WORDS = "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B')"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def make_table() -> None:
    if is_sqlite():
        op.execute(
            "CREATE VIRTUAL TABLE search_entry USING fts5(title, body, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
        op.execute("INSERT INTO search_entry (search_entry, rank) VALUES ('rank', 'bm25(10.0, 1.0)')")
        return
    op.execute(
        "CREATE TABLE search_entry (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, "
        f"words tsvector GENERATED ALWAYS AS ({WORDS}) STORED)"
    )
    op.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")


def follow_on_sqlite(table: str, kind: int, title: str, body: str, columns: str) -> None:
    number, new = f"NEW.id * 4 + {kind}", {"row": "NEW"}
    op.execute(
        f"CREATE TRIGGER search_{table}_added AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO search_entry (rowid, title, body) VALUES ({number}, {title.format(**new)}, {body.format(**new)}); END"
    )
    op.execute(
        f"CREATE TRIGGER search_{table}_changed AFTER UPDATE OF {columns} ON {table} BEGIN "
        f"UPDATE search_entry SET title = {title.format(**new)}, body = {body.format(**new)} WHERE rowid = {number}; END"
    )
    op.execute(
        f"CREATE TRIGGER search_{table}_gone AFTER DELETE ON {table} BEGIN "
        f"DELETE FROM search_entry WHERE rowid = OLD.id * 4 + {kind}; END"
    )


def follow_on_postgresql(table: str, kind: int, title: str, body: str, columns: str) -> None:
    new = {"row": "NEW"}
    op.execute(
        f"CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN DELETE FROM search_entry WHERE id = OLD.id::bigint * 4 + {kind}; RETURN OLD; END IF; "
        f"INSERT INTO search_entry (id, title, body) "
        f"VALUES (NEW.id::bigint * 4 + {kind}, {title.format(**new)}, {body.format(**new)}) "
        "ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title, body = EXCLUDED.body; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER search_{table} AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION search_{table}()"
    )


def follow(table: str, kind: int, title: str, body: str, columns: str) -> None:
    if is_sqlite():
        follow_on_sqlite(table, kind, title, body, columns)
    else:
        follow_on_postgresql(table, kind, title, body, columns)


def fill(table: str, kind: int, title: str, body: str) -> None:
    number, row = "rowid" if is_sqlite() else "id", {"row": "one"}
    op.execute(
        f"INSERT INTO search_entry ({number}, title, body) "
        f"SELECT one.id * 4 + {kind}, {title.format(**row)}, {body.format(**row)} FROM {table} AS one"
    )


def upgrade() -> None:
    make_table()
    for table, kind, title, body, columns in SOURCES:
        fill(table, kind, title, body)
        follow(table, kind, title, body, columns)


def downgrade() -> None:
    for table, *_rest in SOURCES:
        if is_sqlite():
            for event in ("added", "changed", "gone"):
                op.execute(f"DROP TRIGGER search_{table}_{event}")
        else:
            op.execute(f"DROP TRIGGER search_{table} ON {table}")
            op.execute(f"DROP FUNCTION search_{table}()")
    op.execute("DROP TABLE search_entry")
