"""Kinds of 行政机关, and the list of organs an installation begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class OrganKind(StrEnum):
    """What an organ is; whose reconsideration it falls under depends on it."""

    GOVERNMENT = "government"
    DISTRICT_OFFICE = "district_office"
    DEPARTMENT = "department"
    DISPATCHED_AGENCY = "dispatched_agency"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"


ORGAN_KIND_NAMES: dict[OrganKind, str] = {
    OrganKind.GOVERNMENT: N_("人民政府"),
    OrganKind.DISTRICT_OFFICE: N_("政府办公室"),
    OrganKind.DEPARTMENT: N_("工作部门"),
    OrganKind.DISPATCHED_AGENCY: N_("派出机构"),
    OrganKind.SUBDISTRICT: N_("街道办事处"),
    OrganKind.TOWN: N_("镇人民政府"),
}

_CODE = re.compile(r"[A-Z0-9_-]{1,16}")
_NEEDED = ("code", "name", "kind", "number_prefix")


class OrganListError(ValueError):
    """A list of organs cannot be used; the message names line and fault."""


@dataclass(frozen=True, slots=True)
class OrganFacts:
    """One organ as listed. ``reviewing_organ`` decides reconsiderations against it, ``alternative_reviewing_organ``
    may decide them too (派出机构); a court that has not been confirmed stays empty (待核) and is never invented."""

    code: str
    name: str
    kind: OrganKind
    number_prefix: str
    reviewing_organ: str | None = None
    alternative_reviewing_organ: str | None = None
    court: str | None = None


def read_organs(rows: Iterable[Mapping[str, str | None]]) -> tuple[OrganFacts, ...]:
    """Organs from the rows of a CSV with the columns code, name, kind, number_prefix, and optionally
    reviewing_organ, alternative_reviewing_organ, court. Raises ``OrganListError``."""
    organs: list[OrganFacts] = []
    for line, row in enumerate(rows, start=2):
        organs.append(_organ(line, {key: (value or "").strip() for key, value in row.items() if key}))
    if not organs:
        raise OrganListError("the list of organs is empty")
    for subject in ("code", "name", "number_prefix"):
        values = [getattr(organ, subject) for organ in organs]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise OrganListError(f"{subject} given twice: {', '.join(twice)}")
    return tuple(organs)


def _organ(line: int, row: Mapping[str, str]) -> OrganFacts:
    missing = [name for name in _NEEDED if not row.get(name)]
    if missing:
        raise OrganListError(f"line {line}: {', '.join(missing)} missing")
    if not _CODE.fullmatch(row["code"]):
        raise OrganListError(f"line {line}: code {row['code']!r} must be up to 16 capitals, digits, - or _")
    try:
        kind = OrganKind(row["kind"])
    except ValueError:
        known = ", ".join(OrganKind)
        raise OrganListError(f"line {line}: kind {row['kind']!r} is not one of {known}") from None
    return OrganFacts(
        code=row["code"],
        name=row["name"],
        kind=kind,
        number_prefix=row["number_prefix"],
        reviewing_organ=row.get("reviewing_organ") or None,
        alternative_reviewing_organ=row.get("alternative_reviewing_organ") or None,
        court=row.get("court") or None,
    )
