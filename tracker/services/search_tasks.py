"""协查检索任务: others are asked to search, and each answer is a search record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.search_tasks import (
    MOST_ASKED_AT_ONCE,
    AnswerWay,
    AskedKind,
    SearchFindings,
    TaskState,
    findings_faults,
    parties_of,
    state_of,
)
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Account, Alert, Case, SearchRecord, SearchTask
from tracker.services.alerts import resolve_alerts, tell
from tracker.services.attachments import CheckedFile, Upload, attach_to_case, check_upload
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice
from tracker.services.unit_of_work import transaction

LONGEST_PARTY = 200
LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of whom. ``parties``: one place a line, each gets a task; ``asked_id``: who there answers, for one
    place alone; ``shows_request``: the asked may read the words of the request, personal data in them included."""

    kind: AskedKind
    parties: str
    question: str
    reply_by_on: date
    asked_id: int | None = None
    shows_request: bool = False


def ask_to_search(ctx: Context, case_id: int, asking: Asking, *, expected_version: int | None) -> list[int]:
    """发协查任务: each place gets a task with a day to answer by; an account asked is told. Returns the tasks' ids.

    Raises ``Invalid`` without a place or a question, with a day that has passed, with an account for several places.
    """
    parties, question = parties_of(asking.parties), asking.question.strip()
    faults = _asking_faults(ctx, asking, parties, question)
    if faults:
        raise Invalid(faults)
    with acting(ctx, case_id, Action.ASK_SEARCH, expected_version) as case:
        if asking.asked_id is not None:
            asked = ctx.session.get(Account, asking.asked_id)
            if asked is None or not asked.active:
                raise Invalid({"asked_id": [N_("这个账号已经停用，请改选其他人，或者用一次性链接。")]})
        last = ctx.session.scalar(select(func.max(SearchTask.number)).where(SearchTask.case_id == case.id))
        tasks = [
            SearchTask(
                case_id=case.id,
                number=number,
                kind=str(asking.kind),
                party=party,
                asked_id=asking.asked_id,
                question=question,
                shows_request=asking.shows_request,
                asked_on=ctx.today,
                asked_by_id=ctx.actor.account_id,
                reply_by_on=asking.reply_by_on,
            )
            for number, party in enumerate(parties, (last or 0) + 1)
        ]
        ctx.session.add_all(tasks)
        ctx.session.flush()
        reply_by = asking.reply_by_on.isoformat()
        entries = [
            NewEntry(
                EntryType.SEARCH_ASKED,
                ctx.today,
                {"task_id": task.id, "reply_by": reply_by},
                text=f"{task.party}：{question}",
            )
            for task in tasks
        ]
        append(ctx, case, *entries)
        for task in tasks:
            params = {"search_task": task.id}
            tell(
                ctx,
                (task.asked_id,),
                AlertKind.SEARCH_ASKED,
                on=task.reply_by_on,
                subject=alert_ref(task.id),
                params=params,
            )
        return [task.id for task in tasks]


def answer_task(
    ctx: Context, task_id: int, findings: SearchFindings, uploads: Sequence[Upload] = ()
) -> AnswerWay:
    """答复协查, by the person asked, or from the signed sheet by whoever handles the case: it becomes a search record,
    with its screenshots, and the handler is told. Returns how it came.

    Raises ``NotFound`` for a stranger, ``Forbidden``, ``Invalid``, ``NotLawfulNow`` once answered or withdrawn.
    """
    task = ctx.session.get(SearchTask, task_id)
    if task is None:
        raise NotFound(N_("没有找到这项协查任务。"))
    files = check_findings(ctx, task, findings, uploads)
    if task.asked_id is not None and task.asked_id == ctx.actor.account_id:
        with transaction(ctx):
            case = lock_case(ctx, task.case_id)
            keep_answer(ctx, case, task_id, findings, files, AnswerWay.ACCOUNT)
        return AnswerWay.ACCOUNT
    with acting(ctx, task.case_id, Action.TAKE_SEARCH_ANSWER, None) as case:
        keep_answer(ctx, case, task_id, findings, files, AnswerWay.PAPER)
    return AnswerWay.PAPER


def withdraw_task(ctx: Context, case_id: int, task_id: int, *, reason: str) -> None:
    """撤回协查任务, with the reason: nothing is waited for any more, and a link to it is dead.

    Raises ``Invalid`` without a reason, ``NotLawfulNow`` once answered or withdrawn.
    """
    if not reason.strip():
        raise Invalid({"reason": [N_("请写明撤回的原因。")]})
    with acting(ctx, case_id, Action.TAKE_SEARCH_ANSWER, None) as case:
        task = waiting_task(ctx, case, task_id)
        task.withdrawn_on, task.withdrawn_reason = ctx.today, reason.strip()
        _forget_link(task)
        details = {"task_id": task.id}
        append(ctx, case, NewEntry(EntryType.SEARCH_WITHDRAWN, ctx.today, details, text=reason.strip()))
        _resolve(ctx, task)


def issue_sheet(ctx: Context, case_id: int, task_id: int) -> int:
    """制发协查单 of a task that waits, to be filled in and signed by hand; returns the letter's id. One a task.

    Raises ``NotLawfulNow``, ``Missing``.
    """
    with acting(ctx, case_id, Action.TAKE_SEARCH_ANSWER, None) as case:
        task = waiting_task(ctx, case, task_id)
        if task.letter_id is not None:
            raise NotLawfulNow(N_("这项任务的协查单已经制发，请直接打开。"))
        facts = {
            "party": task.party,
            "task_request": task.question,
            "task_due_on": chinese_date(task.reply_by_on),
            "handler": case.handler.name if case.handler else ctx.actor.name,
        }
        letter = issue_notice(ctx, case, "search_task", facts)
        task.letter_id = letter.id
        details = {"letter_id": letter.id, "template": "search_task"}
        append(ctx, case, NewEntry(EntryType.NOTICE_ISSUED, ctx.today, details))
        return letter.id


def keep_answer(
    ctx: Context,
    case: Case,
    task_id: int,
    findings: SearchFindings,
    files: Sequence[CheckedFile],
    way: AnswerWay,
) -> SearchRecord:
    """Write the answer as a search record of the locked case, within the caller's transaction."""
    task = waiting_task(ctx, case, task_id)
    record = SearchRecord(
        case_id=case.id,
        places=f"{task.party}：{findings.places.strip()}",
        keywords=findings.keywords.strip(),
        period=findings.period.strip(),
        searched_by=findings.searched_by.strip(),
        searched_on=findings.searched_on,
        found=findings.found,
        result=findings.result.strip(),
        task_id=task.id,
    )
    ctx.session.add(record)
    ctx.session.flush()
    task.answered_on, task.answered_at, task.answered_way = ctx.today, ctx.now, str(way)
    _forget_link(task)
    details = {"search_id": record.id, "found": record.found, "task_id": task.id, "way": str(way)}
    append(ctx, case, NewEntry(EntryType.SEARCH_RECORDED, _day_of(case, findings), details))
    attach_to_case(ctx, case, files)
    _resolve(ctx, task)
    told = {case.handler_id, task.asked_by_id} - {ctx.actor.account_id}
    tell(ctx, told, AlertKind.SEARCH_ANSWERED, on=ctx.today, case=case, subject=alert_ref(task.id))
    return record


def waiting_task(ctx: Context, case: Case, task_id: int) -> SearchTask:
    """The task of the locked case. Raises ``NotFound``, ``NotLawfulNow`` once answered or withdrawn."""
    task = ctx.session.scalar(
        select(SearchTask).where(SearchTask.id == task_id, SearchTask.case_id == case.id)
    )
    if task is None:
        raise NotFound(N_("没有找到这项协查任务。"))
    if state_of(task.answered_on, task.withdrawn_on) is not TaskState.WAITING:
        raise NotLawfulNow(N_("这项协查任务已经答复或者撤回，请刷新页面查看。"))
    return task


def lock_case(ctx: Context, case_id: int) -> Case:
    """The case of a task whose answer was asked for: who answers need not see the case."""
    return ctx.session.scalars(select(Case).where(Case.id == case_id).with_for_update(of=Case)).one()


def check_findings(
    ctx: Context, task: SearchTask, findings: SearchFindings, uploads: Sequence[Upload]
) -> list[CheckedFile]:
    """The files, once words and files can be taken. Raises ``Invalid``. Call it before the transaction."""
    faults = findings_faults(findings, task.asked_on, ctx.today)
    if faults:
        raise Invalid(faults)
    return [check_upload(ctx, upload, "files") for upload in uploads]


def alert_ref(task_id: int) -> str:
    """What tells alerts about one task from those about another."""
    return f"search-{task_id}"


def _day_of(case: Case, findings: SearchFindings) -> date:
    """A search made before the request came counts from the day it came: the log begins there."""
    return max(findings.searched_on, case.received_on)


def _forget_link(task: SearchTask) -> None:
    task.link_digest = task.link_expires_at = None


def _resolve(ctx: Context, task: SearchTask) -> None:
    waiting = [str(k) for k in (AlertKind.SEARCH_ASKED, AlertKind.SEARCH_DUE, AlertKind.SEARCH_WAITING)]
    resolve_alerts(ctx, ctx.session, (Alert.ref == alert_ref(task.id)) & Alert.kind.in_(waiting))


def _asking_faults(
    ctx: Context, asking: Asking, parties: Sequence[str], question: str
) -> dict[str, list[TrackerError | str]]:
    faults: dict[str, list[TrackerError | str]] = {}
    if not parties:
        faults["parties"] = [N_("请写明协查单位，一行一个。")]
    elif len(parties) > MOST_ASKED_AT_ONCE or any(len(party) > LONGEST_PARTY for party in parties):
        faults["parties"] = [N_("一次最多 10 个单位，每个不超过 200 字。")]
    if asking.asked_id is not None and len(parties) > 1:
        faults["asked_id"] = [N_("指定了答复人的，一次只能写一个协查单位。")]
    if not question:
        faults["question"] = [N_("请写明要检索、核实什么。")]
    elif len(question) > LONGEST_QUESTION:
        faults["question"] = [N_("内容太长，请删减。")]
    if asking.reply_by_on < ctx.today:
        faults["reply_by_on"] = [N_("答复时限不能早于今天。")]
    return faults
