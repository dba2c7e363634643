"""Take out the reasons of items that are copies of internal notes: whoever may read the item reads its reason."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE item SET progress_reason = NULL WHERE progress IN ('no-longer-pursued', 'waiting')"
        " AND EXISTS (SELECT 1 FROM item_update WHERE item_update.item_id = item.id"
        " AND item_update.progress = item.progress AND item_update.visibility = 'internal'"
        " AND item_update.note = item.progress_reason)"
    )


def downgrade() -> None:
    """Leave it so: the notes and the history hold the words."""
