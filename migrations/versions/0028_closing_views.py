"""Keep what each proposer and supporter says of a closed item, not only the one who put it forward."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

VIEWS = ("satisfied", "partly", "disputes")


def upgrade() -> None:
    op.create_table(
        "closing_view",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "view",
            sa.Enum(*VIEWS, name="askerview", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_closing_view_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_closing_view_party_id_party")),
        sa.PrimaryKeyConstraint("item_id", "party_id", name=op.f("pk_closing_view")),
    )
    op.create_index(op.f("ix_closing_view_party_id"), "closing_view", ["party_id"])
    op.execute(
        "INSERT INTO closing_view (item_id, party_id, view, note, is_current)"
        " SELECT id, put_forward_by, asker_view, asker_note, true FROM item"
        " WHERE asker_view IS NOT NULL AND put_forward_by IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("closing_view")
