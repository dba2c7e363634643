"""Keep what speakers say of themselves, doubts about who they are, and turns that were split or joined."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.Column("capacity_of", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("is_reporting", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def upgrade() -> None:
    for column in columns():
        # no batch: SQLite adds a column as it is, and a copied table would lose the triggers of the full text
        op.add_column("turn", column)
    make_joined()
    make_introductions()
    make_doubts()


def downgrade() -> None:
    for table in ("speaker_doubt", "introduction", "joined_turn"):
        op.drop_table(table)
    for column in reversed(columns()):
        op.drop_column("turn", column.name)


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def state(*values: str, name: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column("state", kind, nullable=False)


def decided() -> tuple[sa.Column, ...]:
    return (
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def make_joined() -> None:
    op.create_table(
        "joined_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.Integer(), nullable=True),
        sa.Column("split_from", sa.Integer(), nullable=True),
        refers("joined_turn", "transcript_id", "transcript"),
        refers("joined_turn", "turn_id", "turn"),
        refers("joined_turn", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_turn")),
        sa.UniqueConstraint("transcript_id", "seq", name=op.f("uq_joined_turn_transcript_id_seq")),
    )
    for column in ("turn_id", "person_id"):
        op.create_index(op.f(f"ix_joined_turn_{column}"), "joined_turn", [column])


def make_introductions() -> None:
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("stakeholder_group", sa.String(), nullable=True),
        state("waiting", "accepted", "dismissed", name="candidatestate"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        *decided(),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_introduction_range")),
        refers("introduction", "transcript_id", "transcript"),
        refers("introduction", "turn_id", "turn"),
        refers("introduction", "person_id", "person"),
        refers("introduction", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    for column in ("transcript_id", "turn_id", "person_id"):
        op.create_index(op.f(f"ix_introduction_{column}"), "introduction", [column])


def make_doubts() -> None:
    op.create_table(
        "speaker_doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        state("open", "same", "different", name="doubtstate"),
        *decided(),
        sa.CheckConstraint("(other IS NULL) <> (person_id IS NULL)", name=op.f("ck_speaker_doubt_label_or_person")),
        refers("speaker_doubt", "transcript_id", "transcript"),
        refers("speaker_doubt", "person_id", "person"),
        refers("speaker_doubt", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_doubt")),
        sa.UniqueConstraint("transcript_id", "label", "other", name=op.f("uq_speaker_doubt_transcript_id_label_other")),
        sa.UniqueConstraint(
            "transcript_id", "label", "person_id", name=op.f("uq_speaker_doubt_transcript_id_label_person_id")
        ),
    )
    op.create_index(op.f("ix_speaker_doubt_person_id"), "speaker_doubt", ["person_id"])
