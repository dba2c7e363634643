"""Events are numbered as they become visible, and digests tell of numbers; what was told so far is told no more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_order",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_order_event_id_event"),
        sa.PrimaryKeyConstraint("number", name="pk_event_order"),
        sa.UniqueConstraint("event_id", name="uq_event_order_event_id"),
    )
    op.add_column("digest", sa.Column("number_to", sa.Integer(), server_default="0", nullable=False))
    op.execute("INSERT INTO event_order (number, event_id) SELECT row_number() OVER (ORDER BY at, id), id FROM event")
    # A digest told of all that was dated until its end.
    op.execute("UPDATE digest SET number_to = (SELECT count(*) FROM event WHERE event.at <= digest.window_to)")


def downgrade() -> None:
    op.drop_column("digest", "number_to")
    op.drop_table("event_order")
