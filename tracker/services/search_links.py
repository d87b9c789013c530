"""一次性链接: whoever has no account answers a 协查任务 through it. The database keeps a digest, never the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from tracker.adapters.passwords import session_token, token_hash
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.errors import NotFound, TooManyTries
from tracker.domain.passwords import FAILURES_UNTIL_ADDRESS_REFUSED, LOCKED_FOR
from tracker.domain.search_tasks import AnswerWay, SearchFindings, link_good_through
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Organ, SearchTask, SignInAttempt
from tracker.queries.accounts import count_recent_failures
from tracker.services.attachments import Upload
from tracker.services.case_act import acting
from tracker.services.context import Context
from tracker.services.search_tasks import check_findings, keep_answer, lock_case, waiting_task
from tracker.services.sessions import ADDRESS_CHARACTERS
from tracker.services.unit_of_work import transaction

ATTEMPT = "search-link"
"""Stands in the list of failed sign-ins where somebody tried a link that opens nothing."""
LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class MadeLink:
    """The secret of a new link, to be passed on once, and the last day on which it opens the task."""

    token: str
    good_through: date


@dataclass(frozen=True, slots=True)
class LinkedTask:
    """What whoever holds the link reads: no personal data, but the words of the request where the handler chose to."""

    task_id: int
    organ: str
    contact: str
    phone: str
    party: str
    question: str
    asked_on: date
    reply_by_on: date
    request: str


def make_link(ctx: Context, case_id: int, task_id: int) -> MadeLink:
    """生成一次性链接; an earlier one opens nothing any more. Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow``."""
    with acting(ctx, case_id, Action.TAKE_SEARCH_ANSWER, None) as case:
        task = waiting_task(ctx, case, task_id)
        token = session_token()
        last = link_good_through(ctx.today, task.reply_by_on)
        task.link_digest = token_hash(token)
        task.link_expires_at = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
        return MadeLink(token, last)


def open_link(ctx: Context, token: str, *, address: str) -> LinkedTask:
    """The question behind a link. Raises ``NotFound`` where it is wrong, used, withdrawn or too old: it does not tell
    which; ``TooManyTries`` once too many such links came from the address."""
    task = _find(ctx, token, address)
    case = ctx.session.get_one(Case, task.case_id)
    organ = ctx.session.get_one(Organ, case.organ_id)
    return LinkedTask(
        task_id=task.id,
        organ=organ.name,
        contact=organ.contact or "",
        phone=organ.phone or "",
        party=task.party,
        question=task.question,
        asked_on=task.asked_on,
        reply_by_on=task.reply_by_on,
        request=case.description if task.shows_request else "",
    )


def answer_by_link(
    ctx: Context, token: str, findings: SearchFindings, uploads: Sequence[Upload], *, address: str
) -> None:
    """答复协查 through the link, which is used up by it. Raises as ``open_link`` does, and ``Invalid``."""
    task = _find(ctx, token, address)
    files = check_findings(ctx, task, findings, uploads)
    case_id, task_id = task.case_id, task.id
    with transaction(ctx) as session:
        case = lock_case(ctx, case_id)
        task = session.get_one(SearchTask, task_id, populate_existing=True)
        if task.link_digest != token_hash(token):
            raise _opens_nothing()
        keep_answer(ctx, case, task_id, findings, files, AnswerWay.LINK)


def _find(ctx: Context, token: str, address: str) -> SearchTask:
    address = address[:ADDRESS_CHARACTERS]
    failures = count_recent_failures(ctx.session, ctx.now - LOCKED_FOR, address=address)
    if failures >= FAILURES_UNTIL_ADDRESS_REFUSED:
        raise TooManyTries(N_("从这台计算机打开无效链接、登录失败的次数太多，请 15 分钟后再试。"))
    if len(token) <= LONGEST_TOKEN:
        task = ctx.session.scalar(select(SearchTask).where(SearchTask.link_digest == token_hash(token)))
        if task is not None and task.link_expires_at is not None and task.link_expires_at > ctx.now:
            return task
    with transaction(ctx) as session:
        session.add(SignInAttempt(login=ATTEMPT, address=address, at=ctx.now, succeeded=False))
    raise _opens_nothing()


def _opens_nothing() -> NotFound:
    return NotFound(N_("这个链接无效、已经答复过或者已经过期。请联系发给您链接的工作人员重新发一个。"))
