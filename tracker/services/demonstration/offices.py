"""What the letters of the demonstration need to know of each office. Invented, and marked so where it matters."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.models import Organ
from tracker.services.context import Context
from tracker.services.demonstration.people import COURT, STAFF
from tracker.services.organs import OrganSettings, change_settings

_WITHOUT_REVIEW = frozenset({"BYJ"})


def furnish_offices(ctx: Context, organ_ids: Mapping[str, int]) -> None:
    """Address, contact, court and archive numbers of the organs that take part."""
    for number, code in enumerate(STAFF, start=1):
        if code not in organ_ids:
            continue
        organ = ctx.session.get_one(Organ, organ_ids[code])
        settings = OrganSettings(
            reviewing_organ=organ.reviewing_organ,
            alternative_reviewing_organ=organ.alternative_reviewing_organ,
            court=COURT,
            address=f"台州市椒江区演示路{number * 10}号",
            postcode="318000",
            contact="政务公开科",
            phone=f"0576-8800{number:04d}",
            fonds_number=f"Z{100 + number}",
            archive_unit_code=code,
            archive_category="WS",
            archive_by_unit=True,
            archive_serial_width=4,
            review_required=code not in _WITHOUT_REVIEW,
            yellow_days=organ.yellow_days,
            orange_days=organ.orange_days,
            draft_by=organ.draft_by,
            review_by=organ.review_by,
            post_by=organ.post_by,
        )
        change_settings(ctx, organ.id, settings, expected_version=organ.version_id)
