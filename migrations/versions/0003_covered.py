"""Let a proposal be covered by an item that cites its words already."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = ("new", "repeats", "refines", "supports", "objects", "answers")
AFTER = (*BEFORE, "covered")


def _relations(values: tuple[str, ...]) -> None:
    for table in ("item_passage", "origin"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_relation"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_relation"), sa.column("relation").in_(values))


def upgrade() -> None:
    _relations(AFTER)


def downgrade() -> None:
    op.execute("UPDATE origin SET relation = 'repeats' WHERE relation = 'covered'")
    _relations(BEFORE)
