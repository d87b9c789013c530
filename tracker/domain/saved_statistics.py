"""统计分析 saved under a name: for whom, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 50
MOST_SAVED = 50
"""So many may one person keep."""


class Sharing(StrEnum):
    """Who finds it on their list."""

    OWN = "own"
    ORGAN = "organ"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class SharedWith:
    """For its owner alone, for the people of one organ, or for the whole district."""

    sharing: Sharing = Sharing.OWN
    organ_id: int | None = None

    def __str__(self) -> str:
        """own, district, or organ:4: how forms write it."""
        return f"{self.sharing}:{self.organ_id}" if self.organ_id else str(self.sharing)


OWN = SharedWith()
DISTRICT = SharedWith(Sharing.DISTRICT)
