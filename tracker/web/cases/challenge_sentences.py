"""Words for entries about reconsideration and litigation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.domain.challenge_clocks import challenge_in
from tracker.domain.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_RESULT_NAMES,
    ChallengeKind,
    ChallengeResult,
)
from tracker.queries.case_record import CaseRecord
from tracker.web.i18n import full_day, tell


def challenge_words(details: Mapping[str, Any], record: CaseRecord) -> dict[str, str]:
    """What stands in those sentences; empty words for entries about something else."""
    number = challenge_in(details)
    if number is None:
        return dict.fromkeys(("challenge", "simplified", "hearing", "result"), "")
    row = next((row for row in record.challenges if row.id == number), None)
    kind = row.kind if row is not None else details.get("kind")
    name = tell(CHALLENGE_KIND_NAMES[ChallengeKind(kind)]) if kind else _("复议、诉讼")
    hearing, result = details.get("hearing_on"), details.get("result")
    return {
        "challenge": f"{name}{f' {row.number} ' if row is not None and row.number else ''}",
        "simplified": _("（简易程序）") if details.get("simplified") else "",
        "hearing": full_day(date.fromisoformat(hearing)) if hearing else "",
        "result": tell(CHALLENGE_RESULT_NAMES[ChallengeResult(result)]) if result else "",
    }
