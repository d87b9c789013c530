"""保密审查 (Art 17): what the review may say. Classified material itself never enters the system."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class SecrecyVerdict(StrEnum):
    """Outcome of the review of the information asked for."""

    DISCLOSABLE = "disclosable"
    PARTLY = "partly"
    NOT_DISCLOSABLE = "not_disclosable"


SECRECY_VERDICT_NAMES: dict[SecrecyVerdict, str] = {
    SecrecyVerdict.DISCLOSABLE: N_("不涉密，可以公开"),
    SecrecyVerdict.PARTLY: N_("部分内容不得公开"),
    SecrecyVerdict.NOT_DISCLOSABLE: N_("不得公开"),
}
