"""Keep what was changed in bulk, so that one press puts it back."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("mails", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_bulk_edit_body_id_body")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_bulk_edit_made_by_person")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_bulk_edit_undone_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_edit")),
    )
    op.create_index(op.f("ix_bulk_edit_body_id"), "bulk_edit", ["body_id"])
    op.create_table(
        "bulk_change",
        sa.Column("bulk_edit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["bulk_edit_id"], ["bulk_edit.id"], name=op.f("fk_bulk_change_bulk_edit_id_bulk_edit")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_bulk_change_item_id_item")),
        sa.PrimaryKeyConstraint("bulk_edit_id", "item_id", name=op.f("pk_bulk_change")),
    )
    op.create_index(op.f("ix_bulk_change_item_id"), "bulk_change", ["item_id"])


def downgrade() -> None:
    op.drop_table("bulk_change")
    op.drop_table("bulk_edit")
