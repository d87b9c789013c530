"""签发, 寄发: letters that wait at one desk, most urgent first."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.returned_mail import PROOF_DAYS
from tracker.extensions import db
from tracker.queries.letters import list_proof_overdue, list_to_deliver, list_to_dispatch, list_to_sign
from tracker.web.access import needs
from tracker.web.context import actor, today
from tracker.web.letters import bp
from tracker.web.letters.presenters import queue


@bp.get("/sign-offs")
@needs(Permission.LETTER_SIGN_OFF)
def sign_offs() -> ResponseReturnValue:
    """待签发."""
    rows = queue(list_to_sign(db.session(), actor(), today()))
    return render_template("pages/letters/sign_offs.html", queue=rows)


@bp.get("/dispatches")
@needs(Permission.LETTER_DISPATCH)
def dispatches() -> ResponseReturnValue:
    """待寄发 and 待送达."""
    session = db.session()
    late = list_proof_overdue(session, actor(), today())
    ids = {waiting.letter_id for waiting in late}
    on_the_way = [w for w in list_to_deliver(session, actor(), today()) if w.letter_id not in ids]
    return render_template(
        "pages/letters/dispatches.html",
        queue=queue(list_to_dispatch(session, actor(), today())),
        late=queue(late),
        proof_days=PROOF_DAYS,
        on_the_way=queue(on_the_way),
    )
