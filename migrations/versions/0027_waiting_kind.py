"""Keep what kind of thing an item waits for: a party, funding, a decision or an event."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("party", "funding", "decision", "event")


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    # a plain ADD COLUMN: a batch operation would make the table of all items anew
    op.execute(
        "ALTER TABLE item ADD COLUMN waiting_kind VARCHAR(32)"
        f" CONSTRAINT ck_item_waiting_kind CHECK (waiting_kind IN ({kinds}))"
    )
    op.execute("UPDATE item SET waiting_kind = 'party' WHERE progress = 'waiting' AND waiting_for IS NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE item DROP COLUMN waiting_kind")
