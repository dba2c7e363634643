"""Keep where in the history an imported person stands, and what undoing the import left."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("imported_person", sa.Column("since", sa.Integer(), nullable=True))
    op.add_column("imported_person", sa.Column("until", sa.Integer(), nullable=True))
    op.add_column("imported_person", sa.Column("stayed", sa.JSON(), nullable=True))


def downgrade() -> None:
    for name in ("stayed", "until", "since"):
        op.drop_column("imported_person", name)
