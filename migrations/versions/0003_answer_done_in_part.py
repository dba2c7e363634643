"""An answer by mail may be *done in part*."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = (
    "in-progress", "done", "waiting", "more-time", "not-mine", "take-it", "pass-on", "satisfied", "partly", "disputes",
    "note",
)  # fmt: skip
AFTER = ("in-progress", "done-in-part", *BEFORE[1:])


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    answer = sa.column("answer", sa.String)
    receipts = sa.table("answer_receipt", answer)
    op.execute(receipts.update().where(answer == "done-in-part").values(answer="in-progress"))
    _allow(BEFORE)


def _allow(answers: tuple[str, ...]) -> None:
    with op.batch_alter_table("answer_receipt") as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_receipt_mail_answer"), type_="check")
        batch_op.create_check_constraint(op.f("ck_answer_receipt_mail_answer"), sa.column("answer").in_(answers))
