"""四性: what is checked of an archive package, after DA/T 70-2018 — 真实、完整、可用、安全."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.bundle_paper import Paper, flush, heading, paragraphs, table


class Property(StrEnum):
    """One of the four."""

    AUTHENTIC = "authentic"
    COMPLETE = "complete"
    USABLE = "usable"
    SAFE = "safe"


PROPERTY_NAMES: dict[Property, str] = {
    Property.AUTHENTIC: "真实性",
    Property.COMPLETE: "完整性",
    Property.USABLE: "可用性",
    Property.SAFE: "安全性",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, and what is wrong (empty: nothing). ``noted``: what is no fault, but must be
    known, such as a piece the file was closed without."""

    kind: Property
    check: str
    faults: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class PropertyReport:
    """All checks of one package or one file in it."""

    subject: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return all(finding.passed for finding in self.findings)

    def of(self, wanted: Property) -> tuple[Finding, ...]:
        """The checks of one property."""
        return tuple(f for f in self.findings if f.kind is wanted)

    def lines(self) -> list[str]:
        """The report as text, one line a check, faults below."""
        said = [f"{self.subject}：{'通过' if self.passed else '不通过'}"]
        for finding in self.findings:
            name = PROPERTY_NAMES[finding.kind]
            said.append(f"  {name}　{finding.check}：{'通过' if finding.passed else '不通过'}")
            said += [f"    × {fault}" for fault in finding.faults]
            said += [f"    · {note}" for note in finding.noted]
        return said


def report_paper(reports: Sequence[PropertyReport], made_on: str) -> Paper:
    """四性检测报告 as a paper: a table for each file."""
    parts = [flush(f"检测日期：{made_on}")]
    for report in reports:
        rows = [
            (
                PROPERTY_NAMES[finding.kind],
                finding.check,
                "通过" if finding.passed else "不通过",
                "\n".join((*finding.faults, *finding.noted)),
            )
            for finding in report.findings
        ]
        parts += [
            heading(report.subject),
            table(("性质", "检测项目", "结果", "说明"), (18, 62, 18, 58), rows),
        ]
    passed = sum(report.passed for report in reports)
    parts.append(
        paragraphs(f"共检测 {len(reports)} 件，通过 {passed} 件，不通过 {len(reports) - passed} 件。")
    )
    return Paper("four-properties", "四性检测报告", tuple(parts), numbered=True)
