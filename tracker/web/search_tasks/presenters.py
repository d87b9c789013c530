"""协查任务 in words."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.domain.search_tasks import (
    ANSWER_WAY_NAMES,
    ASKED_KIND_NAMES,
    TASK_STATE_NAMES,
    AnswerWay,
    AskedKind,
    TaskState,
)
from tracker.queries.search_tasks import TaskFacts
from tracker.web.i18n import full_day, instant, tell


class TaskLine:
    """One task as it stands on the page of its case; ``late``: the day has passed without an answer."""

    def __init__(self, facts: TaskFacts, late: bool = False) -> None:
        self.facts = facts
        self.waiting = facts.state is TaskState.WAITING
        self.state = tell(TASK_STATE_NAMES[facts.state])
        self.late = late and self.waiting
        self.title = _("第 %(number)d 项　%(party)s", number=facts.number, party=facts.party)
        self.rows = _asked(facts)
        self.answer = _answer(facts)


def question_rows(facts: TaskFacts) -> list[tuple[str, str | None]]:
    """What the asked person reads: no personal data, but the request's words where the handler shows them."""
    return [
        (_("提出协查的机关"), facts.organ),
        (_("受理号"), facts.case_number),
        (_("协查单位"), facts.party),
        (_("需要协查的事项"), facts.question),
        *([(_("申请内容原文"), facts.request)] if facts.request else []),
        (_("反馈期限"), full_day(facts.reply_by_on)),
    ]


def _asked(facts: TaskFacts) -> list[tuple[str, str | None]]:
    rows: list[tuple[str, str | None]] = [
        (_("类别"), tell(ASKED_KIND_NAMES[AskedKind(facts.kind)])),
        (_("需要协查的事项"), facts.question),
        (_("反馈期限"), full_day(facts.reply_by_on)),
        (_("发出"), _("%(day)s，%(who)s", day=full_day(facts.asked_on), who=facts.asked_by or "—")),
    ]
    if facts.asked:
        rows.append((_("用账号答复的人"), facts.asked))
    if facts.link_expires_at is not None:
        rows.append((_("一次性链接"), _("有效至 %(at)s", at=instant(facts.link_expires_at))))
    if facts.withdrawn_on is not None:
        said = _("%(day)s，%(why)s", day=full_day(facts.withdrawn_on), why=facts.withdrawn_reason or "—")
        rows.append((_("撤回"), said))
    return rows


def _answer(facts: TaskFacts) -> list[tuple[str, str | None]]:
    record = facts.record
    if record is None or facts.answered_way is None:
        return []
    way = tell(ANSWER_WAY_NAMES[AnswerWay(facts.answered_way)])
    return [
        (_("答复"), _("%(day)s，%(how)s", day=full_day(facts.answered_on), how=way)),
        (_("检索结果"), _("检索到") if record.found else _("没有检索到")),
        (_("检索范围"), record.places),
        (_("检索关键词"), record.keywords),
        (_("检索的年份"), record.period),
        (
            _("检索人、日期"),
            _("%(who)s，%(day)s", who=record.searched_by, day=full_day(record.searched_on)),
        ),
        (_("结果说明"), record.result),
    ]
