"""定期评估审查 (Art 18): what people find when they look at a refusal again. It touches neither clock nor log."""

from __future__ import annotations

from datetime import date

from tracker.domain.errors import Forbidden, Invalid, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.refusal_reviews import LAST, ReviewResult, next_review_on
from tracker.domain.texts import clean_text
from tracker.domain.vocabulary import N_
from tracker.models import RefusalReview
from tracker.queries.refusal_reviews import find_refusal
from tracker.queries.scope import get_case
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_NOTE = 2000


def review_refusal(ctx: Context, case_id: int, result: ReviewResult, *, on: date, note: str) -> date | None:
    """登记定期审查: the day of the next one; None when there is nothing left to review. Raises ``NotFound``,
    ``Forbidden``, ``NotLawfulNow``, ``Invalid``."""
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.REFUSAL_REVIEW, lock=True)
        refusal = find_refusal(session, case)
        if refusal is None:
            raise NotLawfulNow(N_("只审查依照第十四条至第十六条不予公开、已经答复的申请件。"))
        if refusal.last_result in LAST:
            raise NotLawfulNow(N_("这件已经审查完结，没有还不公开的内容。"))
        if ctx.actor.account_id is None:
            raise Forbidden(N_("这项操作须由本人进行。"))
        if not (refusal.last_on or refusal.replied_on) <= on <= ctx.today:
            raise Invalid({"on": [N_("日期应在答复或者上次审查之后、不晚于今天，请核对。")]})
        why = clean_text(note)
        if not why:
            raise Invalid({"note": [N_("请写明依据：不公开的理由现在还在不在，情况有什么变化。")]})
        if len(why) > LONGEST_NOTE:
            raise Invalid(
                {"note": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_NOTE)]}
            )
        session.add(
            RefusalReview(
                case_id=case_id,
                reviewed_on=on,
                result=str(result),
                note=why,
                reviewed_by_id=ctx.actor.account_id,
                recorded_at=ctx.now,
            )
        )
        return None if result in LAST else next_review_on(on)
