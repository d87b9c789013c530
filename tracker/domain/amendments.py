"""修改登记信息: what of a case may be overwritten outright because no period and no outcome hangs on it.

Dates of law, ways of dispatch and outcomes are never overwritten: they are corrected as facts, by an entry of their
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import TrackerError
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_terms import SUPPLY_WAYS
from tracker.domain.ledger_values import normalise_choice, normalise_phone
from tracker.domain.mail_numbers import normalise_mail_number
from tracker.domain.request_facts import LONGEST_DESCRIPTION
from tracker.domain.request_terms import SUPPLY_WAY_NAMES
from tracker.domain.stages import BEFORE_REPLY, Stage
from tracker.domain.texts import clean_line, clean_text
from tracker.domain.vocabulary import N_

_MASKS = frozenset("*＊")
_NOT_ARCHIVED = frozenset(Stage) - {Stage.ARCHIVED}
_SENT = frozenset({Stage.DISPATCHED, Stage.DELIVERED})

ARCHIVED = N_("已归档，不能再改；确有错误的，另附说明。")


class Amendable(StrEnum):
    """What may be overwritten."""

    PHONE = "phone"
    ADDRESS = "address"
    DESCRIPTION = "description"
    SUPPLY_WAY = "supply_way"
    MAIL_NUMBER = "mail_number"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class AmendmentRule:
    """``column``: of the register; ``stages``: where it may be overwritten; ``later``: what is said elsewhere.
    ``personal``: shown masked, so that nothing typed means nothing changed."""

    column: Column
    label: str
    stages: frozenset[Stage]
    longest: int
    later: str = ARCHIVED
    personal: bool = False
    needed: bool = True


AMENDMENTS: dict[Amendable, AmendmentRule] = {
    Amendable.PHONE: AmendmentRule(Column.PHONE, N_("联系电话"), _NOT_ARCHIVED, 50, personal=True),
    Amendable.ADDRESS: AmendmentRule(Column.ADDRESS, N_("通信地址"), _NOT_ARCHIVED, 300, personal=True),
    Amendable.DESCRIPTION: AmendmentRule(
        Column.DESCRIPTION,
        N_("申请公开的信息"),
        frozenset({Stage.REGISTERED}),
        LONGEST_DESCRIPTION,
        N_("受理以后不能直接改写申请内容；申请人变更内容的，按补正登记。"),
    ),
    Amendable.SUPPLY_WAY: AmendmentRule(
        Column.SUPPLY_WAY, N_("提供方式"), BEFORE_REPLY, 20, N_("答复已经发出，提供方式不能再改。")
    ),
    Amendable.MAIL_NUMBER: AmendmentRule(
        Column.MAIL_NUMBER, N_("邮件号"), _SENT, 32, N_("答复邮寄之后、归档之前才能填写邮件号。")
    ),
    Amendable.REMARK: AmendmentRule(Column.REMARK, N_("备注"), _NOT_ARCHIVED, 500, needed=False),
}
"""Art 30 fixes what is asked for once the request is accepted; the rest is contact data and notes."""

AMENDABLE_OF: dict[Column, Amendable] = {rule.column: what for what, rule in AMENDMENTS.items()}


def may_amend(what: Amendable, stage: Stage) -> bool:
    """Whether it may still be overwritten at this stage."""
    return stage in AMENDMENTS[what].stages


def read_amendment(what: Amendable, text: str) -> str:
    """What was typed or pasted, as it is kept; a way of supply as its code. Raises ``TrackerError`` for nothing where
    something is needed, for what is too long, masked or unknown."""
    rule = AMENDMENTS[what]
    value = _kept(what, text)
    if not value and rule.needed:
        raise TrackerError(N_("“%(column)s”不能为空。"), column=rule.label)
    if len(value) > rule.longest:
        raise TrackerError(
            N_("“%(column)s”最多 %(longest)d 个字，请删减。"), column=rule.label, longest=rule.longest
        )
    if rule.personal and _MASKS & set(value):
        raise TrackerError(N_("“%(column)s”里有遮盖的星号，请填写完整内容。"), column=rule.label)
    return _code(value) if what is Amendable.SUPPLY_WAY else value


def _kept(what: Amendable, text: str) -> str:
    if what is Amendable.DESCRIPTION:
        return clean_text(text)
    line = clean_line(text)
    if what is Amendable.PHONE:
        return normalise_phone(line)
    return normalise_mail_number(line) if what is Amendable.MAIL_NUMBER else line


def _code(name: str) -> str:
    way = SUPPLY_WAYS.get(normalise_choice(name))
    if way is None:
        raise TrackerError(
            N_("没有“%(way)s”这种提供方式，请填写：%(known)s。"),
            way=name,
            known=list(SUPPLY_WAY_NAMES.values()),
        )
    return str(way)
