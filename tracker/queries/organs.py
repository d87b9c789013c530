"""Reading of the district's organs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import NotFound
from tracker.domain.organs import OrganKind
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Organ


@dataclass(frozen=True, slots=True)
class OrganRow:
    """One organ with its settings; None where nothing has been confirmed (待核)."""

    id: int
    code: str
    name: str
    kind: OrganKind
    number_prefix: str
    reviewing_organ: str | None
    alternative_reviewing_organ: str | None
    court: str | None
    address: str | None
    postcode: str | None
    contact: str | None
    phone: str | None
    fonds_number: str | None
    archive_unit_code: str | None
    archive_category: str
    archive_by_unit: bool
    archive_serial_width: int
    review_required: bool
    yellow_days: int
    orange_days: int
    draft_by: int
    review_by: int
    post_by: int
    active: bool
    version_id: int

    @property
    def lacks(self) -> tuple[str, ...]:
        """What its letters need and nobody has entered yet, in words."""
        needed = (
            (self.reviewing_organ, N_("行政复议机关")),
            (self.court, N_("管辖法院")),
            (self.address, N_("地址")),
            (self.phone, N_("电话")),
        )
        return tuple(label for value, label in needed if not value)


def list_reporting_organs(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the organs whose annual report the actor may read, in the order the district lists them."""
    query = select(Organ.code, Organ.name).order_by(Organ.id)
    if not actor.reads_whole_district:
        query = query.where(Organ.id.in_(actor.organs_where(Permission.REPORT_READ)))
    return [(row.code, row.name) for row in session.execute(query)]


def list_organs(session: Session) -> list[OrganRow]:
    """Every organ, in the order the district lists them."""
    return [_as_row(organ) for organ in session.scalars(select(Organ).order_by(Organ.id))]


def list_organ_choices(session: Session) -> list[tuple[int, str]]:
    """Active organs as (id, name), for a select."""
    rows = session.execute(select(Organ.id, Organ.name).where(Organ.active.is_(True)).order_by(Organ.id))
    return [(organ_id, name) for organ_id, name in rows]


def get_organ(session: Session, organ_id: int) -> OrganRow:
    """One organ. Raises ``NotFound``."""
    organ = session.get(Organ, organ_id)
    if organ is None:
        raise NotFound(N_("没有找到这个机关。"))
    return _as_row(organ)


def find_post_by(session: Session, organ_id: int) -> int | None:
    """Working days before the due date by which the organ means to have posted; None for an organ not known."""
    return session.scalar(select(Organ.post_by).where(Organ.id == organ_id))


def _as_row(organ: Organ) -> OrganRow:
    return OrganRow(
        id=organ.id,
        code=organ.code,
        name=organ.name,
        kind=OrganKind(organ.kind),
        number_prefix=organ.number_prefix,
        reviewing_organ=organ.reviewing_organ,
        alternative_reviewing_organ=organ.alternative_reviewing_organ,
        court=organ.court,
        address=organ.address,
        postcode=organ.postcode,
        contact=organ.contact,
        phone=organ.phone,
        fonds_number=organ.fonds_number,
        archive_unit_code=organ.archive_unit_code,
        archive_category=organ.archive_category,
        archive_by_unit=organ.archive_by_unit,
        archive_serial_width=organ.archive_serial_width,
        review_required=organ.review_required,
        yellow_days=organ.yellow_days,
        orange_days=organ.orange_days,
        draft_by=organ.draft_by,
        review_by=organ.review_by,
        post_by=organ.post_by,
        active=organ.active,
        version_id=organ.version_id,
    )


@dataclass(frozen=True, slots=True)
class OrganName:
    """An organ as addresses and headings name it."""

    id: int
    code: str
    name: str


def find_organ_by_code(session: Session, code: str) -> OrganName | None:
    """The organ an address names by its code."""
    row = session.execute(select(Organ.id, Organ.code, Organ.name).where(Organ.code == code)).first()
    return OrganName(row.id, row.code, row.name) if row else None


def list_organ_names(session: Session, organ_ids: Collection[int]) -> list[OrganName]:
    """These organs, in the order the district lists them."""
    rows = session.execute(
        select(Organ.id, Organ.code, Organ.name).where(Organ.id.in_(organ_ids)).order_by(Organ.id)
    )
    return [OrganName(row.id, row.code, row.name) for row in rows]
