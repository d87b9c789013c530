"""What became of a register: how many rows went in, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.domain.ledger_defects import Defect


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, in the words of its first fault; ``row`` as the sheet counts."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class LedgerOutcome:
    """What became of a register. ``continued``: rows that added to a case known before; ``already_there``: rows that
    told nothing new."""

    rows: int = 0
    imported: int = 0
    continued: int = 0
    already_there: int = 0
    rejected: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)

    def reject(self, row: int, defects: Sequence[Defect]) -> None:
        """One line a row: the column of the first fault, the words of all."""
        words = "；".join(defect.message.rstrip("。") for defect in defects) + "。"
        self.rejected.append(RowFault(row, str(defects[0].column), words))

    def warn(self, row: int, defects: Iterable[Defect]) -> None:
        """One line a warning."""
        self.warnings += [RowFault(row, str(defect.column), defect.message) for defect in defects]

    def in_order(self) -> None:
        """Put what was said in the order of the rows."""
        for said in (self.rejected, self.warnings):
            said.sort(key=lambda fault: fault.row)
