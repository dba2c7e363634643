"""Proposers and supporters without a role are told at once what became of their item."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("request", "waiting", "date")
CHECK = "ck_notice_notice_kind"


def upgrade() -> None:
    _allow((*BEFORE, "outcome"))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'outcome'")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), sa.column("kind").in_(kinds))
