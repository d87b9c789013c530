"""A case on its way to a reply, and drafts for it: what tests of letters begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories.cases import received_case
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.secrecy import SecrecyVerdict
from tracker.models import Applicant, Case
from tracker.services.acceptance import accept
from tracker.services.context import Context
from tracker.services.letters import Draft, DraftPart
from tracker.services.secrecy import review_secrecy
from tracker.services.templates import load_shipped_templates
from tracker.services.unit_of_work import transaction

RECEIVED_ON = date(2026, 11, 9)
DISCLOSED = Draft(
    (
        DraftPart(
            "disclosed",
            grounds={"disclosed_content": "《资金发放汇总表》1份", "supply_how": "随本告知书一并邮寄提供"},
        ),
    )
)
NOT_EXISTING = Draft((DraftPart("not_existing"),))
PETITION = Draft((DraftPart("petition", grounds={"proper_channel": "12345政务服务便民热线"}),))


def with_twin(ctx: Context, lacking: str = "") -> tuple[Context, MemoryRenderer]:
    """The same surroundings with the typesetter's twin."""
    twin = MemoryRenderer(lacking)
    return replace(ctx, adapters=replace(ctx.adapters, renderer=twin)), twin


def case_in_hand(
    ctx: Context,
    organ_id: int,
    *,
    serial: int = 1,
    applicant: str = "张三",
    secrecy: bool = True,
    received_on: date = RECEIVED_ON,
) -> int:
    """A case received, accepted and, unless told otherwise, reviewed for secrecy; the wording is loaded."""
    load_shipped_templates(ctx)
    case_id = received_case(ctx, organ_id, received_on, serial)
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        session.add(
            Applicant(
                case_id=case.id,
                position=1,
                capacity="applicant",
                name=applicant,
                legal_kind="citizen",
                report_kind="natural_person",
                identity_type="none",
            )
        )
    accept(ctx, case_id, on=received_on, expected_version=None)
    if secrecy:
        review_secrecy(
            ctx,
            case_id,
            on=received_on,
            reviewed_by="周敏",
            verdict=SecrecyVerdict.DISCLOSABLE,
            opinion="不涉及国家秘密",
            expected_version=None,
        )
    return case_id
