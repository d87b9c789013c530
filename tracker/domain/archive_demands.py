"""归档齐全性: what the file of a case must hold, which piece meets each demand, and who must add what is lacking.

The table is the rule. The duty to keep a file is Art 45 of the regulation; what belongs to it follows 国家档案局令第8号
(the whole course of handling) and the pieces each step of the regulation makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.archive_materials import Material, MaterialKind
from tracker.domain.case_log import EntryType
from tracker.domain.dispositions import Need
from tracker.domain.errors import TrackerError
from tracker.domain.permissions import Role
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_

Text = TrackerError | str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that went to somebody outside. ``proved``: its dispatch with a mail number, a signature, a release on
    line, or a file of proof is on record."""

    letter_id: int
    name: str
    proved: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One consultation: whether its letter is held, and whether an answer came (silence needs none)."""

    consultation_id: int
    party: str
    letter_held: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the demands depend on. ``by_mail``: the request came in an envelope; any other way in is proved by the
    record of its receipt."""

    stage: Stage
    by_mail: bool
    happened: frozenset[EntryType]
    needs: frozenset[Need] = frozenset()
    review_required: bool = True
    notices: tuple[SentLetter, ...] = ()
    consultations: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """One row: ``met_by`` any of these kinds. ``who`` must add it, ``cure`` says how."""

    key: str
    name: Text
    met_by: frozenset[MaterialKind]
    who: Role
    cure: str
    when: Callable[[FileFacts], bool]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the file lacks."""

    key: str
    name: Text
    kind: MaterialKind
    who: Role
    cure: str


def _always(_facts: FileFacts) -> bool:
    return True


def _answered(facts: FileFacts) -> bool:
    return facts.stage is Stage.DELIVERED


def _needs(need: Need) -> Callable[[FileFacts], bool]:
    return lambda facts: _answered(facts) and need in facts.needs


def _kinds(*kinds: MaterialKind) -> frozenset[MaterialKind]:
    return frozenset(kinds)


_ADD_SCAN = N_("在案件页“添加材料”里添加扫描件；只有纸质的，在本页登记。")
_ON_PAPER = N_("系统里没有这一步的记录。在纸质上办理的，在本页登记纸质材料和页数。")

DEMANDS: tuple[Demand, ...] = (
    Demand(
        "application",
        N_("申请书"),
        _kinds(MaterialKind.APPLICATION),
        Role.CLERK,
        N_("在案件页“添加材料”里添加申请书扫描件，网上提交的添加提交页；只有纸质的，在本页登记。"),
        _always,
    ),
    Demand(
        "receipt",
        N_("信封"),
        _kinds(MaterialKind.RECEIPT),
        Role.CLERK,
        _ADD_SCAN,
        lambda facts: facts.by_mail,
    ),
    Demand(
        "submission",
        N_("提交凭证"),
        _kinds(MaterialKind.RECEIPT, MaterialKind.RECEIPT_RECORD),
        Role.CLERK,
        _ADD_SCAN,
        lambda facts: not facts.by_mail,
    ),
    Demand(
        "reply",
        N_("签发的答复文书"),
        _kinds(MaterialKind.REPLY),
        Role.CLERK,
        N_("系统没有保存答复正文。在本页登记纸质的答复文书和页数。"),
        _answered,
    ),
    Demand(
        "final_draft", N_("答复的定稿"), _kinds(MaterialKind.FINAL_DRAFT), Role.CLERK, _ON_PAPER, _answered
    ),
    Demand(
        "approval",
        N_("呈批单（签发意见）"),
        _kinds(MaterialKind.APPROVAL),
        Role.APPROVER,
        _ON_PAPER,
        _answered,
    ),
    Demand(
        "legal_opinion",
        N_("合法性审查意见"),
        _kinds(MaterialKind.LEGAL_OPINION),
        Role.LEGAL_ADVISOR,
        _ON_PAPER,
        lambda facts: _answered(facts) and facts.review_required,
    ),
    Demand(
        "proof_of_delivery",
        N_("答复的送达凭证"),
        _kinds(MaterialKind.PROOF_OF_DELIVERY),
        Role.CLERK,
        N_("在案件页“添加材料”里添加邮寄收据、妥投查询结果或者送达回证；只有纸质的，在本页登记。"),
        _answered,
    ),
    Demand(
        "lapse_letter",
        N_("视为放弃告知书"),
        _kinds(MaterialKind.LAPSE_LETTER),
        Role.CLERK,
        N_("到案件页制发视为放弃告知书；已用纸质制发的，在本页登记。"),
        lambda facts: facts.stage is Stage.ABANDONED,
    ),
    Demand(
        "correction_notice",
        N_("补正告知书"),
        _kinds(MaterialKind.NOTICE),
        Role.CLERK,
        _ON_PAPER,
        lambda facts: EntryType.CORRECTION_REQUESTED in facts.happened,
    ),
    Demand(
        "correction",
        N_("申请人的补正材料"),
        _kinds(MaterialKind.CORRECTION),
        Role.CLERK,
        _ADD_SCAN,
        lambda facts: EntryType.CORRECTED in facts.happened,
    ),
    Demand(
        "extension_notice",
        N_("延期告知书"),
        _kinds(MaterialKind.NOTICE),
        Role.CLERK,
        _ON_PAPER,
        lambda facts: EntryType.EXTENDED in facts.happened,
    ),
    Demand(
        "fee_notice",
        N_("收费通知书"),
        _kinds(MaterialKind.NOTICE),
        Role.CLERK,
        _ON_PAPER,
        lambda facts: EntryType.FEE_NOTIFIED in facts.happened,
    ),
    Demand(
        "secrecy_review",
        N_("保密审查记录"),
        _kinds(MaterialKind.SECRECY_REVIEW),
        Role.CLERK,
        _ON_PAPER,
        _needs(Need.SECRECY_REVIEW),
    ),
    Demand(
        "search_record",
        N_("检索记录"),
        _kinds(MaterialKind.SEARCH_RECORD),
        Role.CLERK,
        _ON_PAPER,
        _needs(Need.SEARCH_RECORD),
    ),
    Demand(
        "third_party",
        N_("书面征求第三方意见的函"),
        _kinds(MaterialKind.CONSULTATION),
        Role.CLERK,
        _ON_PAPER,
        _needs(Need.THIRD_PARTY_CONSULTATION),
    ),
)


def lacking(facts: FileFacts, materials: Sequence[Material]) -> tuple[Lack, ...]:
    """What the file lacks, in the order of the table, then letter by letter and consultation by consultation.

    A piece added for one demand (``covers``) meets that one alone; any other piece meets demands by its kind."""
    covered = {one.covers for one in materials if one.covers}
    held = {one.kind for one in materials if not one.covers}
    found = [
        Lack(row.key, row.name, _first(row.met_by), row.who, row.cure)
        for row in DEMANDS
        if row.when(facts) and row.key not in covered and not row.met_by & held
    ]
    found += [lack for lack in (*_notices(facts), *_consultations(facts)) if lack.key not in covered]
    return tuple(found)


def _first(kinds: frozenset[MaterialKind]) -> MaterialKind:
    return next(kind for kind in MaterialKind if kind in kinds)


def _notices(facts: FileFacts) -> Iterator[Lack]:
    for sent in facts.notices:
        if not sent.proved:
            yield Lack(
                f"notice_delivery:{sent.letter_id}",
                TrackerError(N_("%(letter)s的送达记录"), letter=sent.name),
                MaterialKind.NOTICE_DELIVERY,
                Role.CLERK,
                N_("到公文页登记寄发的方式、日期和邮件号；只有纸质回证的，在本页登记。"),
            )


def _consultations(facts: FileFacts) -> Iterator[Lack]:
    for asked in facts.consultations:
        if not asked.letter_held:
            yield Lack(
                f"consultation:{asked.consultation_id}",
                TrackerError(N_("给%(party)s的征求意见函"), party=asked.party),
                MaterialKind.CONSULTATION,
                Role.CLERK,
                _ON_PAPER,
            )
        if not asked.answered:
            yield Lack(
                f"consultation_answer:{asked.consultation_id}",
                TrackerError(N_("%(party)s的书面意见"), party=asked.party),
                MaterialKind.CONSULTATION_ANSWER,
                Role.CLERK,
                _ADD_SCAN,
            )


def demand_keys(facts: FileFacts) -> frozenset[str]:
    """Every demand that holds for the file, met or not."""
    own = {row.key for row in DEMANDS if row.when(facts)}
    own |= {f"notice_delivery:{sent.letter_id}" for sent in facts.notices}
    for asked in facts.consultations:
        own |= {f"consultation:{asked.consultation_id}", f"consultation_answer:{asked.consultation_id}"}
    return frozenset(own)


def uncounted(material: Material) -> Lack:
    """The pages of a piece that no program can count."""
    return Lack(
        f"pages:{material.key}",
        TrackerError(N_("第 %(n)s 号材料的页数"), n=material.key.partition(":")[2]),
        material.kind,
        Role.CLERK,
        N_("这份材料不能自动计算页数，请打开核对后在本页填写。"),
    )


def lack_name(key: str) -> str:
    """What a demand was called, from its key alone: for lists that name no party and no letter."""
    known = {row.key: str(row.name) for row in DEMANDS}
    return known.get(key) or _NAMES_BY_KIND[key.partition(":")[0]]


_NAMES_BY_KIND: dict[str, str] = {
    "notice_delivery": N_("一份程序性文书的送达记录"),
    "consultation": N_("一份征求意见函"),
    "consultation_answer": N_("一份征求意见的答复"),
    "pages": N_("一份材料的页数"),
}
