"""Keep how an item was put to each asked party: on which day, by which way, by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WAYS = ("letter", "mail", "in-the-meeting", "call", "other")


def upgrade() -> None:
    way = sa.Enum(*WAYS, name="putway", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("asked") as asked:
        asked.add_column(sa.Column("put_on", sa.Date(), nullable=True))
        asked.add_column(sa.Column("put_by_way", way, nullable=True))
        asked.add_column(sa.Column("put_words", sa.String(), nullable=True))
        asked.add_column(sa.Column("put_by", sa.Integer(), nullable=True))
        asked.create_foreign_key(op.f("fk_asked_put_by_person"), "person", ["put_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("asked") as asked:
        asked.drop_constraint(op.f("fk_asked_put_by_person"), type_="foreignkey")
        asked.drop_constraint(op.f("ck_asked_putway"), type_="check")
        for column in ("put_by", "put_words", "put_by_way", "put_on"):
            asked.drop_column(column)
