"""Keep what somebody leaves, whom it is offered to, and what he says of each item."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DUTIES = ("owns", "to-answer", "answers-for", "seconds", "helps", "awaited", "steward", "second")
STATES = ("asked", "accepted", "declined", "passed-on", "withdrawn", "ended")


def choice(name, values):
    """Return the type of a column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, length=32, create_constraint=True)


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_handover_body_id_body")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id_person")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id_person")),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_handover_offered_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    for column in ("body_id", "from_id", "to_id"):
        op.create_index(op.f(f"ix_handover_{column}"), "handover", [column])
    op.create_table(
        "handover_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("duty", choice("duty", DUTIES), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("ownership_id", sa.Integer(), nullable=True),
        sa.Column("state", choice("owner_state", STATES), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint("(item_id IS NULL) <> (party_id IS NULL)", name=op.f("ck_handover_part_one_of_two")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_part_handover_id_handover")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_handover_part_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_handover_part_party_id_party")),
        sa.ForeignKeyConstraint(
            ["ownership_id"], ["ownership.id"], name=op.f("fk_handover_part_ownership_id_ownership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_part")),
    )
    for column in ("handover_id", "item_id"):
        op.create_index(op.f(f"ix_handover_part_{column}"), "handover_part", [column])
    op.create_table(
        "parting_note",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_parting_note_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_parting_note_person_id_person")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_parting_note")),
    )


def downgrade() -> None:
    op.drop_table("parting_note")
    op.drop_table("handover_part")
    op.drop_table("handover")
