"""What an evidence bundle still lacks, why it matters, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.answer_draft import SHEET_KEY
from tracker.domain.bundle_facts import BundleFacts
from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.dispositions import NEED_NAMES
from tracker.domain.errors import TrackerError
from tracker.domain.exhibits import Exhibit
from tracker.domain.file_kinds import FileKind
from tracker.domain.vocabulary import N_

Text = TrackerError | str


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking, and the cure. ``grave``: without it the point is usually lost."""

    what: Text
    cure: str
    grave: bool = True


def gaps(facts: BundleFacts, chosen: Sequence[Exhibit]) -> tuple[Gap, ...]:
    """Everything lacking, the gravest first; ``chosen`` is the list of evidence as it stands."""
    found = [gap for check in _CHECKS for gap in check(facts)]
    found += _left_off(facts, chosen)
    return tuple(sorted(found, key=lambda gap: not gap.grave))


def _request(facts: BundleFacts) -> Iterator[Gap]:
    if not _has(facts, FileKind.REQUEST):
        yield Gap(
            N_("申请书"), N_("在案件页“记录与材料”里添加申请书的扫描件；网上提交的，添加提交页的打印件。")
        )


def _receipt(facts: BundleFacts) -> Iterator[Gap]:
    if not _has(facts, FileKind.ENVELOPE) and "record:receipt" not in {e.key for e in facts.exhibits}:
        yield Gap(
            N_("收到申请日期的凭证"),
            N_("添加信封、邮件查询结果或者签收登记；收到日期有争议的，败诉多由此起。"),
        )


def _reply(facts: BundleFacts) -> Iterator[Gap]:
    if facts.reply is None:
        yield Gap(N_("书面答复"), N_("登记中没有已经签发的答复；确未答复的，如实写明并尽快答复。"))
    elif not facts.reply.key:
        yield Gap(N_("答复的正文"), N_("系统没有保存这份答复的正文，请添加答复原件的扫描件。"))


def _work(facts: BundleFacts) -> Iterator[Gap]:
    for need in facts.missing:
        yield Gap(
            NEED_NAMES[need],
            N_(
                "这种答复依法要有这项记录，案卷里没有。确已做过的，如实补记并附原始材料；不得在复议、诉讼期间事后收集。"
            ),
        )


def _delivery(facts: BundleFacts) -> Iterator[Gap]:
    sent = [told for told in facts.happenings if told.type is EntryType.DISPATCHED]
    if not sent:
        return
    if not _has(facts, FileKind.DELIVERY_PROOF):
        yield Gap(N_("寄发、送达的凭证"), N_("添加邮寄收据、妥投查询结果或者送达回证的扫描件。"))
    if any(told.way is DispatchWay.POST and not told.mail_number for told in sent):
        yield Gap(N_("邮件号"), N_("到公文页登记寄发的邮件号，再到邮政企业查询妥投情况。"), grave=False)


_NOTICES: dict[EntryType, tuple[str, str]] = {
    EntryType.CORRECTION_REQUESTED: ("correction_notice", N_("补正告知书")),
    EntryType.EXTENDED: ("extension_notice", N_("延期告知书")),
    EntryType.FEE_NOTIFIED: ("fee_notice", N_("收费通知书")),
    EntryType.SUSPENDED: ("consult", N_("征求意见函")),
    EntryType.JUSTIFICATION_REQUESTED: ("justification_notice", N_("要求说明理由的通知")),
}


def _notices(facts: BundleFacts) -> Iterator[Gap]:
    asked: dict[EntryType, bool] = {}
    for told in facts.happenings:
        if told.type in _NOTICES:
            proved = any(key.startswith("letter:") for key in told.papers)
            asked[told.type] = asked.get(told.type, True) and proved
    for kind, proved in asked.items():
        if not proved:
            yield Gap(_NOTICES[kind][1], N_("登记了这一步，但没有对应的文书，请添加原件的扫描件。"))
    for kind, file_kind, name in _ANSWERS:
        if kind in asked_types(facts) and not _has(facts, file_kind):
            yield Gap(name, N_("在案件页“记录与材料”里添加对方来件的扫描件。"), grave=False)


_ANSWERS = (
    (EntryType.CORRECTED, FileKind.CORRECTION, N_("申请人的补正材料")),
    (EntryType.RESUMED, FileKind.CONSULTATION, N_("被征求意见方的书面意见")),
)


def asked_types(facts: BundleFacts) -> frozenset[EntryType]:
    """What happened, by kind."""
    return frozenset(told.type for told in facts.happenings)


def _sheet(facts: BundleFacts) -> Iterator[Gap]:
    if not facts.sheet_number:
        yield Gap(
            N_("编号的期限计算说明"),
            N_("目前用的是未编号的预览。到“期限计算说明”页生成编号的一份，内容即固定。"),
            grave=False,
        )


def _left_off(facts: BundleFacts, chosen: Sequence[Exhibit]) -> list[Gap]:
    keys = {exhibit.key for exhibit in chosen}
    off = [e for e in facts.exhibits if e.usual and e.key not in keys and e.key != SHEET_KEY]
    return (
        [
            Gap(
                TrackerError(N_("没有列入目录：%(names)s"), names=[e.name for e in off]),
                N_("通常应当举证，确不需要的可以不列。"),
                grave=False,
            )
        ]
        if off
        else []
    )


def _has(facts: BundleFacts, kind: FileKind) -> bool:
    return any(e.key.startswith(f"{kind}:") for e in facts.exhibits)


_CHECKS: tuple[Callable[[BundleFacts], Iterator[Gap]], ...] = (
    _request,
    _receipt,
    _reply,
    _work,
    _notices,
    _delivery,
    _sheet,
)
