"""协查检索任务: who is asked where the information is, how the answer comes back, and how long a link to it is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.vocabulary import N_


class AskedKind(StrEnum):
    """What kind of place is asked to search."""

    SECTION = "section"
    SUBDISTRICT = "subdistrict"
    ARCHIVE_ROOM = "archive_room"
    ORGAN = "organ"


ASKED_KIND_NAMES: dict[AskedKind, str] = {
    AskedKind.SECTION: N_("内设科室、下属单位"),
    AskedKind.SUBDISTRICT: N_("镇街"),
    AskedKind.ARCHIVE_ROOM: N_("档案室、档案馆"),
    AskedKind.ORGAN: N_("其他机关"),
}


class AnswerWay(StrEnum):
    """How an answer came: from the person's own account, through a one-time link, or on the signed sheet."""

    ACCOUNT = "account"
    LINK = "link"
    PAPER = "paper"


ANSWER_WAY_NAMES: dict[AnswerWay, str] = {
    AnswerWay.ACCOUNT: N_("本人账号"),
    AnswerWay.LINK: N_("一次性链接"),
    AnswerWay.PAPER: N_("纸质协查单"),
}


class TaskState(StrEnum):
    """Where a task stands. Only what waits can be answered or withdrawn."""

    WAITING = "waiting"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


TASK_STATE_NAMES: dict[TaskState, str] = {
    TaskState.WAITING: N_("待答复"),
    TaskState.ANSWERED: N_("已答复"),
    TaskState.WITHDRAWN: N_("已撤回"),
}

MOST_ASKED_AT_ONCE = 10
LINK_GRACE = timedelta(days=3)
"""A link is good through the day the answer is wanted and so many days more."""
LINK_AT_LEAST = timedelta(days=2)
"""One made after that day is good so long from the day it is made."""
LINK_AT_MOST = timedelta(days=30)


def state_of(answered_on: date | None, withdrawn_on: date | None) -> TaskState:
    """The state that two dates tell."""
    if withdrawn_on is not None:
        return TaskState.WITHDRAWN
    return TaskState.WAITING if answered_on is None else TaskState.ANSWERED


def link_good_through(made_on: date, reply_by_on: date) -> date:
    """The last day on which a link made on that day opens its task."""
    wanted = max(reply_by_on + LINK_GRACE, made_on + LINK_AT_LEAST)
    return min(wanted, made_on + LINK_AT_MOST)


@dataclass(frozen=True, slots=True)
class SearchFindings:
    """What a search says of itself: where, by which words, for which years, who, when, with what result."""

    places: str
    keywords: str
    period: str
    searched_by: str
    searched_on: date
    found: bool
    result: str


BOUNDS: Mapping[str, int] = {
    "places": 2000,
    "keywords": 200,
    "period": 200,
    "searched_by": 50,
    "result": 4000,
}
"""Characters of each text; none may be empty."""


def findings_faults(findings: SearchFindings, asked_on: date, today: date) -> dict[str, list[str]]:
    """What cannot be taken, by the name of the field. The day may lie before the question: somebody had searched."""
    faults = {name: [N_("请填写这一项。")] for name in BOUNDS if not getattr(findings, name).strip()}
    faults |= {
        name: [N_("内容太长，请删减。")]
        for name, longest in BOUNDS.items()
        if len(getattr(findings, name)) > longest
    }
    if findings.searched_on > today:
        faults["on"] = [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]
    elif findings.searched_on < asked_on - timedelta(days=366):
        faults["on"] = [N_("检索日期早于提出协查一年以上，请重新检索后答复。")]
    return faults


def parties_of(text: str) -> tuple[str, ...]:
    """The places asked, one a line, each once and in order."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
