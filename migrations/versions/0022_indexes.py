"""Count items by milestone, and find what is somebody's, without reading every row."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_item_of_milestone": ("item", ["body_id", "milestone_id", "progress", "visibility"]),
    "ix_helper_person_id": ("helper", ["person_id"]),
    "ix_ownership_second_id": ("ownership", ["second_id"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table)
