"""who wants no mail of any topic wants none of annual reports either"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BEFORE = frozenset({"due", "moved", "waiting", "decided", "unanswered", "chases", "handed", "calendar"})
_NEW = "reports"
_ACCOUNTS = sa.table("accounts", sa.column("id", sa.Integer()), sa.column("mail_muted", sa.JSON()))


def upgrade() -> None:
    for account_id, muted in _rows():
        if set(muted) >= _BEFORE:
            _mute(account_id, [*muted, _NEW])


def downgrade() -> None:
    for account_id, muted in _rows():
        if _NEW in muted:
            _mute(account_id, [topic for topic in muted if topic != _NEW])


def _rows() -> list[tuple[int, list[str]]]:
    found = op.get_bind().execute(sa.select(_ACCOUNTS.c.id, _ACCOUNTS.c.mail_muted))
    return [(row.id, row.mail_muted) for row in found]


def _mute(account_id: int, topics: list[str]) -> None:
    op.execute(sa.update(_ACCOUNTS).where(_ACCOUNTS.c.id == account_id).values(mail_muted=topics))
