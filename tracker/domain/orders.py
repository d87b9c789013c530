"""重新答复: who or what makes an organ answer again."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class OrderSource(StrEnum):
    """Where the order to reply anew comes from."""

    COURT = "court"
    RECONSIDERATION = "reconsideration"
    SUPERIOR = "superior"
    OWN_REVOCATION = "own_revocation"


ORDER_SOURCE_NAMES: dict[OrderSource, str] = {
    OrderSource.COURT: N_("人民法院判决"),
    OrderSource.RECONSIDERATION: N_("行政复议决定"),
    OrderSource.SUPERIOR: N_("上级机关、主管部门责令"),
    OrderSource.OWN_REVOCATION: N_("本机关自行撤销"),
}
