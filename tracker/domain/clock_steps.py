"""How a due date came about, told step by step with the article of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause
from tracker.domain.clock_run import Run
from tracker.domain.reading import BREACH_TEXTS, BreachCode, ClockState, RunPart, Step
from tracker.domain.statute import EXTENSION_DAYS, RULES, RuleKey
from tracker.domain.vocabulary import N_

CAUSE_NAMES: dict[SuspensionCause, str] = {
    SuspensionCause.THIRD_PARTY: N_("第三方"),
    SuspensionCause.CO_PRODUCER: N_("共同制作机关"),
    SuspensionCause.OTHER_ORGAN: N_("其他机关"),
}

_TOLD: dict[EntryType, tuple[RuleKey, str]] = {
    EntryType.RECEIVED: (
        RuleKey.REPLY,
        N_("收到申请，期限自次日起算，共 %(limit)d 个工作日。"),
    ),
    EntryType.CORRECTION_REQUESTED: (
        RuleKey.CORRECTION_NOTICE,
        N_("告知申请人补正，期限停止计算，等待申请人。"),
    ),
    EntryType.CORRECTED: (
        RuleKey.CORRECTION_RESTART,
        N_("收到补正，期限自次日起重新计算 %(limit)d 个工作日，此前的中止和延期不再计入。"),
    ),
    EntryType.FEE_NOTIFIED: (RuleKey.PAYMENT, N_("发出收费通知，期限停止计算，等待缴费。")),
    EntryType.FEE_PAID: (
        RuleKey.PAYMENT_RESTART,
        N_("申请人缴费，期限自次日起重新计算 %(limit)d 个工作日。"),
    ),
    EntryType.SUSPENDED: (
        RuleKey.CONSULTATION_DEDUCTED,
        N_("发函征求%(cause)s意见，次日起的工作日不计入期限。"),
    ),
    EntryType.RESUMED: (
        RuleKey.CONSULTATION_DEDUCTED,
        N_("收到意见（或已满 15 个工作日、退回），次日起继续计算；累计不计入 %(deducted)d 个工作日。"),
    ),
    EntryType.EXTENDED: (
        RuleKey.EXTENSION,
        N_("批准延期并告知申请人，延长 %(days)d 个工作日，共 %(limit)d 个工作日。"),
    ),
    EntryType.JUSTIFICATION_REQUESTED: (RuleKey.JUSTIFICATION, N_("要求申请人说明理由，期限照常计算。")),
    EntryType.JUSTIFIED: (RuleKey.JUSTIFICATION, N_("申请人说明理由，期限照常计算。")),
    EntryType.DELAYED: (RuleKey.REASONED_DELAY, N_("理由合理，另定期限并告知申请人，至 %(until)s。")),
    EntryType.DISPATCHED: (RuleKey.DISPATCH_DAY, N_("答复寄出（发布），期限停止。")),
    EntryType.DELIVERED: (RuleKey.HAND_DELIVERY_DAY, N_("申请人当面签收，期限停止。")),
    EntryType.ABANDONED: (RuleKey.LAPSE_UNCORRECTED, N_("申请人逾期未补正或未缴费，视为放弃，期限停止。")),
    EntryType.WITHDRAWN: (RuleKey.WITHDRAWAL, N_("申请人撤回申请，期限停止。")),
    EntryType.ORDERED_ANEW: (
        RuleKey.ORDERED_ANEW,
        N_("须重新答复，期限自次日起算，共 %(limit)d 个工作日；此前的结论保留。"),
    ),
}

_HANDED = N_("当面送达，尚待申请人签收，期限继续计算。")
_NO_EFFECT = N_("记录在案，不改变期限。")


class StepRecorder:
    """Collects the steps of one replay."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._began: dict[int, int] = {}
        self._waits: dict[int, tuple[date, ClockState]] = {}

    def add(self, entry: LogEntry, run: Run, effect: bool, breaches: Sequence[BreachCode]) -> None:
        """One entry, after it took effect; each breach follows as a step of its own."""
        self._began.setdefault(run.number, entry.seq)
        self._note_wait(run)
        rule, template = _TOLD[entry.type]
        if entry.type is EntryType.DISPATCHED and entry.by is DispatchWay.HAND:
            rule, template = RuleKey.HAND_DELIVERY_DAY, _HANDED
        if not effect:
            template = _NO_EFFECT
        due = _due_after(run)
        self.steps.append(
            Step(entry.on, RULES[rule].article, rule, template, _params(entry, run), entry.seq, due_on=due)
        )
        for code in breaches:
            self.steps.append(
                Step(entry.on, RULES[rule].article, rule, BREACH_TEXTS[code], {}, entry.seq, due, breach=code)
            )

    def parts(self, runs: Sequence[Run]) -> tuple[RunPart, ...]:
        """The days of every run that was replayed."""
        ends: list[date | None] = [run.day_zero for run in runs[1:]]
        return tuple(self._part(run, end) for run, end in zip(runs, [*ends, None], strict=True))

    def _part(self, run: Run, ended_on: date | None) -> RunPart:
        since, awaited = self._waits.get(run.number, (None, None))
        return RunPart(run.number, self._began[run.number], run.spans(), since, awaited, ended_on)

    def _note_wait(self, run: Run) -> None:
        waits = [
            (since, awaited)
            for since, awaited in (
                (run.awaiting_correction_since, ClockState.AWAITING_CORRECTION),
                (run.awaiting_payment_since, ClockState.AWAITING_PAYMENT),
            )
            if since is not None
        ]
        if waits:
            self._waits.setdefault(run.number, min(waits))


def _due_after(run: Run) -> date | None:
    lapsed = run.stop is not None and run.stop.type in (EntryType.ABANDONED, EntryType.WITHDRAWN)
    return None if lapsed else run.due()


def _params(entry: LogEntry, run: Run) -> dict[str, Any]:
    return {
        "limit": run.limit,
        "days": min(entry.days or 0, EXTENSION_DAYS),
        "deducted": run.deducted,
        "until": entry.until,
        "cause": CAUSE_NAMES[entry.cause] if entry.cause else "",
    }
