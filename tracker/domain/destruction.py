"""到期鉴定和销毁: which files may be destroyed, what blocks it, and the paper that stays (销毁清册).

档案法 and 国家档案局令第8号: a file is destroyed only after its period, on a list, by more than one person.
个人信息保护法 Art 19: personal data is kept no longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.archiving import RETENTION_NAMES, Retention, period_ends_on
from tracker.domain.bundle_paper import Paper, flush, heading, paragraphs, signature, table
from tracker.domain.vocabulary import N_

MOST_FILES = 200
"""Files of one list: erased in one transaction, while nobody else writes."""
LONGEST_GROUNDS = 500


class Block(StrEnum):
    """Why a file may not be destroyed."""

    DESTROYED = "destroyed"
    PERMANENT = "permanent"
    NOT_OVER = "not_over"
    REOPENED = "reopened"
    HELD = "held"
    CHALLENGED = "challenged"
    DEFERRED = "deferred"
    LISTED = "listed"


BLOCK_NAMES: dict[Block, str] = {
    Block.DESTROYED: N_("已经销毁"),
    Block.PERMANENT: N_("永久保管"),
    Block.NOT_OVER: N_("保管期限未满"),
    Block.REOPENED: N_("正在重新办理"),
    Block.HELD: N_("涉诉保全"),
    Block.CHALLENGED: N_("复议、诉讼尚未审结"),
    Block.DEFERRED: N_("暂缓销毁"),
    Block.LISTED: N_("已列入待确认的销毁清册"),
}


class ListState(StrEnum):
    """How far a 销毁清册 is."""

    PROPOSED = "proposed"
    CARRIED_OUT = "carried_out"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


LIST_STATE_NAMES: dict[ListState, str] = {
    ListState.PROPOSED: N_("待确认"),
    ListState.CARRIED_OUT: N_("已销毁"),
    ListState.RETURNED: N_("已退回"),
    ListState.WITHDRAWN: N_("已撤回"),
}


@dataclass(frozen=True, slots=True)
class FileState:
    """What decides whether a closed file may go. ``deferred_until``: the last day of a deferral; ``deferred`` without
    it has no end until somebody lifts it."""

    year: int
    retention: Retention
    archived: bool = True
    held: bool = False
    challenged: bool = False
    deferred: bool = False
    deferred_until: date | None = None
    destroyed: bool = False
    listed: bool = False

    @property
    def ends_on(self) -> date | None:
        """Last day of the period."""
        return period_ends_on(self.year, self.retention)


def blocks(state: FileState, today: date) -> tuple[Block, ...]:
    """Everything that stands against destroying the file today; empty: it may be put on a list."""
    ends_on = state.ends_on
    deferred = state.deferred and (state.deferred_until is None or today <= state.deferred_until)
    against = {
        Block.DESTROYED: state.destroyed,
        Block.PERMANENT: ends_on is None,
        Block.NOT_OVER: ends_on is not None and today <= ends_on,
        Block.REOPENED: not state.archived,
        Block.HELD: state.held,
        Block.CHALLENGED: state.challenged,
        Block.DEFERRED: deferred,
        Block.LISTED: state.listed,
    }
    return tuple(block for block, holds in against.items() if holds)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One line of the list; ``outcome``: destroyed, or kept and why (empty while nobody has decided)."""

    number: str
    case_number: str
    title: str
    year: int
    retention: Retention
    ended_on: date
    pages: int
    materials: int
    contents_hash: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class DestructionList:
    """The whole list, for its paper."""

    number: str
    organ: str
    grounds: str
    proposed: str
    decided: str
    decision: str
    files: tuple[ListedFile, ...]


def list_paper(made: DestructionList) -> Paper:
    """档案销毁清册 on A4 across: it names the files, never the people in them, and stays when they are gone."""
    rows = [
        (
            str(place),
            one.number,
            one.title,
            str(one.year),
            RETENTION_NAMES[one.retention],
            f"{one.ended_on:%Y%m%d}",
            str(one.pages),
            one.contents_hash[:16],
            one.outcome,
        )
        for place, one in enumerate(made.files, start=1)
    ]
    heads = ("序号", "档号", "题名", "年度", "期限", "到期", "页数", "清单摘要", "结果")
    widths = (10, 50, 66, 12, 14, 19, 12, 34, 24)
    parts = [
        flush(f"编号：{made.number}　　立档单位：{made.organ}"),
        paragraphs(f"销毁依据和鉴定意见：{made.grounds}"),
        table(heads, widths, rows),
        paragraphs(f"共 {len(made.files)} 件，{sum(one.pages for one in made.files)} 页。"),
        heading("批准"),
        paragraphs("\n".join(filter(None, (made.proposed, made.decided, made.decision)))),
        signature("监销人：　　　　　　　　　　　　\n年　　月　　日　　"),
    ]
    return Paper("destruction", "档案销毁清册", tuple(parts), landscape=True, numbered=True)


def proposed_line(who: str, on: str) -> str:
    """提出."""
    return f"提出：{who}，{on}"


def decided_line(who: str, on: str, state: ListState) -> str:
    """确认 or 退回."""
    word = {ListState.CARRIED_OUT: "确认并销毁", ListState.RETURNED: "退回"}.get(state, "撤回")
    return f"{word}：{who}，{on}"


def named(files: Sequence[str], most: int = 5) -> str:
    """A few numbers and how many more."""
    more = f" 等 {len(files)} 件" if len(files) > most else ""
    return "、".join(files[:most]) + more


def outcome_on_paper(outcome: str | None, kept_because: Iterable[Block]) -> str:
    """What became of a file on a list, in the Chinese of the paper; empty while nothing was decided."""
    if outcome == "destroyed":
        return "已销毁"
    if outcome == "kept":
        return f"保留：{'、'.join(BLOCK_NAMES[block] for block in kept_because)}"
    return ""
