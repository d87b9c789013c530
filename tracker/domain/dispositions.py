"""办理结果: the 21 leaf rows of table 3 of the annual report (国办公开办函〔2021〕30号) as data.

One row may be answered by several letters (``Variant``): 3.1 covers what is already public (第三十六条第一项) and what
is disclosed (第二项), 3.4.1 what does not exist (第四项) and what another organ holds (第五项).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class Disposition(StrEnum):
    """Outcome of a request, one code a leaf row."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    REFUSED_STATE_SECRET = "refused_state_secret"  # noqa: S105  an outcome, no password
    REFUSED_OTHER_LAW = "refused_other_law"
    REFUSED_SAFETY = "refused_safety"
    REFUSED_THIRD_PARTY = "refused_third_party"
    REFUSED_INTERNAL = "refused_internal"
    REFUSED_PROCESS = "refused_process"
    REFUSED_ENFORCEMENT_FILE = "refused_enforcement_file"
    REFUSED_ENQUIRY = "refused_enquiry"
    NOT_HELD = "not_held"
    NEEDS_CREATION = "needs_creation"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    CONFIRMATION = "confirmation"
    LAPSED_UNCORRECTED = "lapsed_uncorrected"
    LAPSED_UNPAID = "lapsed_unpaid"
    OTHER = "other"


class Group(StrEnum):
    """The classes under which the annual table gathers its rows."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    REFUSED = "refused"
    NOT_PROVIDED = "not_provided"
    NOT_PROCESSED = "not_processed"
    OTHER = "other"


GROUP_NAMES: dict[Group, str] = {
    Group.DISCLOSED: N_("予以公开"),
    Group.PARTLY_DISCLOSED: N_("部分公开"),
    Group.REFUSED: N_("不予公开"),
    Group.NOT_PROVIDED: N_("无法提供"),
    Group.NOT_PROCESSED: N_("不予处理"),
    Group.OTHER: N_("其他处理"),
}


_SINGLE_ROW = frozenset({Group.DISCLOSED, Group.PARTLY_DISCLOSED})


class Need(StrEnum):
    """Work that must be on record before a letter may be signed off or issued."""

    SECRECY_REVIEW = "secrecy_review"
    CONSULTATION = "consultation"
    THIRD_PARTY_CONSULTATION = "third_party_consultation"
    SEARCH_RECORD = "search_record"
    SEARCH_TASKS_CLOSED = "search_tasks_closed"
    CORRECTION_NOTICE = "correction_notice"
    CORRECTION_RECEIVED = "correction_received"
    FEE_NOTICE = "fee_notice"
    JUSTIFICATION_REQUEST = "justification_request"


NEED_NAMES: dict[Need, str] = {
    Need.SECRECY_REVIEW: N_("保密审查记录（第十七条）"),
    Need.CONSULTATION: N_("书面征求意见的记录（第三十二条、第三十三条第三款）"),
    Need.THIRD_PARTY_CONSULTATION: N_("书面征求第三方意见的记录（第三十二条）"),
    Need.SEARCH_RECORD: N_("检索记录（第三十六条第四项、第五项）"),
    Need.SEARCH_TASKS_CLOSED: N_("协查任务的答复（尚有任务没有答复或者撤回）"),
    Need.CORRECTION_NOTICE: N_("补正告知的记录（第三十条）"),
    Need.CORRECTION_RECEIVED: N_("收到补正的记录（第三十条）"),
    Need.FEE_NOTICE: N_("收费通知的记录（第四十二条）"),
    Need.JUSTIFICATION_REQUEST: N_("要求说明理由的记录（第三十五条）"),
}


class RemedyRule(StrEnum):
    """Which remedy clause an outcome calls for; ``remedies.py`` turns it into words by date."""

    EITHER = "either"
    RECONSIDERATION_FIRST = "reconsideration_first"
    PER_PART = "per_part"


@dataclass(frozen=True, slots=True)
class Variant:
    """One letter by which an outcome may be told: its template key, its own name, article and demands."""

    template: str
    name: str
    articles: tuple[str, ...]
    needs: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf row. ``number`` and ``name`` as in the annual table; ``register_name`` as registers write it.

    ``ask_advisor`` marks rows whose remedy is disputed, so the page always suggests asking the legal advisor.
    """

    code: Disposition
    number: str
    group: Group
    name: str
    variants: tuple[Variant, ...]
    remedy: RemedyRule = RemedyRule.EITHER
    ask_advisor: bool = False

    @property
    def register_name(self) -> str:
        """The name with its class in front, as the outcome column of a register spells it."""
        return self.name if self.group in _SINGLE_ROW else f"{GROUP_NAMES[self.group]}-{self.name}"


_FIRST = RemedyRule.RECONSIDERATION_FIRST
_SECRECY = frozenset({Need.SECRECY_REVIEW})
_SEARCH = frozenset({Need.SEARCH_RECORD, Need.SEARCH_TASKS_CLOSED})


def _one(template: str, name: str, *articles: str, needs: Iterable[Need] = ()) -> tuple[Variant, ...]:
    return (Variant(template, name, articles, frozenset(needs)),)


ROWS: tuple[Row, ...] = (
    Row(
        Disposition.DISCLOSED,
        "3.1",
        Group.DISCLOSED,
        N_("予以公开"),
        (
            Variant("disclosed", N_("予以公开"), ("36(2)", "40"), _SECRECY),
            Variant("already_public", N_("已主动公开"), ("36(1)",)),
        ),
    ),
    Row(
        Disposition.PARTLY_DISCLOSED,
        "3.2",
        Group.PARTLY_DISCLOSED,
        N_("部分公开"),
        _one("partly_disclosed", N_("部分公开"), "36(2)", "36(3)", "37", needs=_SECRECY),
        RemedyRule.PER_PART,
    ),
    Row(
        Disposition.REFUSED_STATE_SECRET,
        "3.3.1",
        Group.REFUSED,
        N_("属于国家秘密"),
        _one("refused_state_secret", N_("国家秘密"), "14", "36(3)", needs=_SECRECY),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_OTHER_LAW,
        "3.3.2",
        Group.REFUSED,
        N_("其他法律行政法规禁止公开"),
        _one("refused_other_law", N_("法律、行政法规禁止公开"), "14", "36(3)"),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_SAFETY,
        "3.3.3",
        Group.REFUSED,
        N_("危及“三安全一稳定”"),
        _one("refused_safety", N_("危及国家安全、公共安全、经济安全、社会稳定"), "14", "36(3)"),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_THIRD_PARTY,
        "3.3.4",
        Group.REFUSED,
        N_("保护第三方合法权益"),
        _one(
            "refused_third_party",
            N_("商业秘密、个人隐私等第三方合法权益"),
            "15",
            "32",
            "36(3)",
            needs={Need.THIRD_PARTY_CONSULTATION},
        ),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_INTERNAL,
        "3.3.5",
        Group.REFUSED,
        N_("属于三类内部事务信息"),
        _one("refused_internal", N_("内部事务信息"), "16(1)", "36(3)"),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_PROCESS,
        "3.3.6",
        Group.REFUSED,
        N_("属于四类过程性信息"),
        _one("refused_process", N_("过程性信息"), "16(2)", "36(3)"),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_ENFORCEMENT_FILE,
        "3.3.7",
        Group.REFUSED,
        N_("属于行政执法案卷"),
        _one("refused_enforcement_file", N_("行政执法案卷"), "16(2)", "36(3)"),
        _FIRST,
    ),
    Row(
        Disposition.REFUSED_ENQUIRY,
        "3.3.8",
        Group.REFUSED,
        N_("属于行政查询事项"),
        _one("refused_enquiry", N_("行政查询事项（另有规定）"), "36(7)"),
        ask_advisor=True,
    ),
    Row(
        Disposition.NOT_HELD,
        "3.4.1",
        Group.NOT_PROVIDED,
        N_("本机关不掌握相关政府信息"),
        (
            Variant("not_existing", N_("信息不存在"), ("36(4)",), _SEARCH),
            Variant("not_ours", N_("不属于本机关负责公开"), ("10", "36(5)"), _SEARCH),
        ),
    ),
    Row(
        Disposition.NEEDS_CREATION,
        "3.4.2",
        Group.NOT_PROVIDED,
        N_("没有现成信息需要另行制作"),
        _one("needs_creation", N_("需要另行制作、加工"), "38"),
    ),
    Row(
        Disposition.STILL_UNCLEAR,
        "3.4.3",
        Group.NOT_PROVIDED,
        N_("补正后申请内容仍不明确"),
        _one(
            "still_unclear",
            N_("补正后仍不明确"),
            "30",
            needs={Need.CORRECTION_NOTICE, Need.CORRECTION_RECEIVED},
        ),
    ),
    Row(
        Disposition.PETITION,
        "3.5.1",
        Group.NOT_PROCESSED,
        N_("信访举报投诉类申请"),
        _one("petition", N_("信访、投诉、举报"), "39(1)"),
    ),
    Row(
        Disposition.REPEATED,
        "3.5.2",
        Group.NOT_PROCESSED,
        N_("重复申请"),
        _one("repeated", N_("重复申请"), "36(6)"),
    ),
    Row(
        Disposition.PUBLICATION,
        "3.5.3",
        Group.NOT_PROCESSED,
        N_("要求提供公开出版物"),
        _one("publication", N_("公开出版物"), "39(2)"),
    ),
    Row(
        Disposition.EXCESSIVE,
        "3.5.4",
        Group.NOT_PROCESSED,
        N_("无正当理由大量反复申请"),
        _one("excessive", N_("大量、反复申请且理由不合理"), "35", needs={Need.JUSTIFICATION_REQUEST}),
    ),
    Row(
        Disposition.CONFIRMATION,
        "3.5.5",
        Group.NOT_PROCESSED,
        N_("要求行政机关确认或重新出具已获取信息"),
        _one("confirmation", N_("要求确认或重新出具已获取的信息"), "36"),
    ),
    Row(
        Disposition.LAPSED_UNCORRECTED,
        "3.6.1",
        Group.OTHER,
        N_("申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        _one("lapsed_uncorrected", N_("视为放弃（逾期不补正）"), "30", needs={Need.CORRECTION_NOTICE}),
    ),
    Row(
        Disposition.LAPSED_UNPAID,
        "3.6.2",
        Group.OTHER,
        N_("申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        _one("lapsed_unpaid", N_("视为放弃（逾期不缴费）"), "42", needs={Need.FEE_NOTICE}),
    ),
    Row(
        Disposition.OTHER,
        "3.6.3",
        Group.OTHER,
        N_("其他"),
        _one("other_outcome", N_("其他处理"), "36"),
    ),
)

ROW_OF: dict[Disposition, Row] = {row.code: row for row in ROWS}
ROW_OF_TEMPLATE: dict[str, Row] = {v.template: row for row in ROWS for v in row.variants}
VARIANT_OF: dict[str, Variant] = {v.template: v for row in ROWS for v in row.variants}

REFUSALS: tuple[Row, ...] = tuple(r for r in ROWS if r.group is Group.REFUSED and r.remedy is _FIRST)
"""Rows on whose ground the refused part of a 部分公开 reply may rest (Art 14, 15, 16)."""

DISCLOSING: frozenset[Disposition] = frozenset({Disposition.DISCLOSED, Disposition.PARTLY_DISCLOSED})


def resolve(outcomes: Sequence[Disposition]) -> Disposition:
    """The one row in which a case with several items counts.

    区分处理的，只计部分公开: as soon as something is disclosed and something is not, it is ``PARTLY_DISCLOSED``. Where
    nothing is disclosed at all, the outcome that stands first in the table counts (不予公开 before 无法提供 before
    不予处理). Raises ``ValueError`` without outcomes.
    """
    if not outcomes:
        raise ValueError("a case counts by the outcome of at least one item")
    different = set(outcomes)
    if len(different) == 1:
        return outcomes[0]
    if different & DISCLOSING:
        return Disposition.PARTLY_DISCLOSED
    return next(row.code for row in ROWS if row.code in different)


def needs_of(templates: Iterable[str], refused_under: Collection[Disposition] = ()) -> frozenset[Need]:
    """What must be on record for a reply told by these letters; ``refused_under`` are the grounds of refused parts."""
    needs = {need for key in templates for need in VARIANT_OF[key].needs}
    for code in refused_under:
        needs |= ROW_OF[code].variants[0].needs
    return frozenset(needs)


def missing_needs(needs: Iterable[Need], held: Collection[Need]) -> tuple[str, ...]:
    """Names of the needs that are not on record, in the order of the vocabulary."""
    wanted = frozenset(needs)
    return tuple(NEED_NAMES[need] for need in Need if need in wanted and need not in held)


_NUMBERING = re.compile(
    r"[（(]\s*[一二三四五六七八九十\d]+\s*[)）]|[一二三四五六七八九十]+\s*、|\d+(?:\.\d+)*\s*[.、．]?"
)
_NOISE = re.compile(r"[\s“”\"'‘’、，,。；;:：（）()—\-－–_]+")


def _plain(text: str) -> str:
    return _NOISE.sub("", text)


def _spellings(row: Row) -> set[str]:
    names = {_plain(row.register_name), _plain(row.number)}
    if row.code is not Disposition.OTHER:
        names.add(_plain(row.name))
    return names


_BY_NAME: dict[str, Disposition] = {spelling: row.code for row in ROWS for spelling in _spellings(row)}


def by_register_name(text: str) -> Disposition | None:
    """The outcome a register's cell names, or None when it names none.

    Tolerates numbering (（一）, 3., 3.3.1), blanks, quotation marks and dashes; says nothing about guesses: an
    unknown word stays unknown.
    """
    whole = _plain(text)
    if whole in _BY_NAME:
        return _BY_NAME[whole]
    return _BY_NAME.get(_plain(_NUMBERING.sub("", text)))
