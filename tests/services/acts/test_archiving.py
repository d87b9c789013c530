"""归档: the list of what the file holds, a number without gaps, and a file that stays closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import NOW, Cast
from tests.services.acts.conftest import RECEIVED, File, happen
from tests.services.conftest import ContextFor
from tracker.domain.archiving import FilePart, Retention
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Attachment, Case, Letter, Organ
from tracker.services.acceptance import accept
from tracker.services.archiving import Archived, archive, change_retention, plan_archive
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.facts import correct_fact
from tracker.services.holds import hold, release_hold
from tracker.services.notes import add_note
from tracker.services.order_anew import OrderSource, order_anew

POSTED, SIGNED, CLOSED = date(2026, 10, 12), date(2026, 10, 14), date(2026, 11, 20)

Delivered = Callable[..., File]


@pytest.fixture
def delivered(clerk: Context, cast: Cast, session: Session) -> Delivered:
    """``delivered(serial)``: answered by post and delivered, with its reply and proof in the file."""

    def make(serial: int = 1, disposition: str = "disclosed", complete: bool = True) -> File:
        file = File(session, received_case(clerk, cast.organ_ids["MZJ"], RECEIVED, serial=serial))
        accept(clerk, file.id, on=RECEIVED, expected_version=None)
        happen(
            clerk,
            file,
            NewEntry(EntryType.DISPATCHED, POSTED, {"by": "post"}),
            NewEntry(EntryType.DELIVERED, SIGNED),
        )
        case = file.case
        case.disposition = disposition
        if complete:
            session.add(_reply(case))
            session.add(_proof(file, serial))
        session.commit()
        return file

    return make


def _reply(case: Case) -> Letter:
    return Letter(
        case_id=case.id,
        organ_id=case.organ_id,
        kind="reply",
        is_reply=True,
        status="signed",
        content={},
        values={},
    )


def _proof(file: File, serial: int) -> Attachment:
    return Attachment(
        case_id=file.id,
        kind="delivery_proof",
        filename="回执.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        storage_key=f"key-{file.id}-{serial}",
        added_at=NOW,
    )


def close(ctx: Context, file: File, **more: Any) -> Archived:
    return archive(ctx, file.id, on=CLOSED, **{"expected_version": None, **more})


def test_the_number_names_fonds_year_period_unit_and_serial(clerk: Context, delivered: Delivered) -> None:
    file = delivered()
    done = close(clerk, file, expected_version=file.version)
    assert done.archive_number == "Z109-WS·2026-D10-MZJ-0001"
    case = file.case
    assert (case.stage, case.archive_number, case.retention) == ("archived", done.archive_number, "D10")
    assert file.last.details["contents"] == {"reply": 1, "proof_of_delivery": 1}


def test_numbers_run_without_gaps_within_their_class(clerk: Context, delivered: Delivered) -> None:
    files = [delivered(1), delivered(2, "refused_internal"), delivered(3)]
    with pytest.raises(Invalid):
        close(clerk, files[0], retention=Retention.PERMANENT)
    assert [close(clerk, file).archive_number[-12:] for file in files] == [
        "D10-MZJ-0001",
        "D30-MZJ-0001",
        "D10-MZJ-0002",
    ]


def test_another_period_needs_its_reason(clerk: Context, delivered: Delivered) -> None:
    file = delivered()
    with pytest.raises(Invalid) as told:
        close(clerk, file, retention=Retention.THIRTY_YEARS)
    assert set(told.value.fields) == {"retention_reason"}
    done = close(clerk, file, retention=Retention.THIRTY_YEARS, retention_reason="涉及重大项目")
    assert done.retention is Retention.THIRTY_YEARS
    assert file.last_text == "涉及重大项目"


def test_a_litigated_case_is_kept_for_thirty_years(
    clerk: Context, cast: Cast, ctx_for: ContextFor, delivered: Delivered
) -> None:
    file = delivered()
    supervisor = ctx_for(cast.supervisor)
    hold(supervisor, file.id, grounds="复议案号", expected_version=None)
    with pytest.raises(NotLawfulNow):
        close(clerk, file)
    release_hold(supervisor, file.id, grounds="复议终结", expected_version=None)
    assert close(clerk, file).retention is Retention.THIRTY_YEARS


def test_what_the_file_lacks_is_named_in_words(clerk: Context, delivered: Delivered) -> None:
    file = delivered(complete=False)
    lacking = plan_archive(clerk, file.case).lacking
    assert [line.part for line in lacking] == [FilePart.REPLY, FilePart.PROOF_OF_DELIVERY]
    with pytest.raises(NotLawfulNow, match="答复文书、送达凭证"):
        close(clerk, file)
    close(clerk, file, reason="原件在纸质卷内")
    assert file.last_text == "原件在纸质卷内"


def test_an_organ_without_a_fonds_number_is_told_so(
    clerk: Context, cast: Cast, delivered: Delivered, session: Session
) -> None:
    file = delivered()
    session.rollback()
    session.get_one(Organ, cast.organ_ids["MZJ"]).fonds_number = None
    session.commit()
    with pytest.raises(NotLawfulNow, match="全宗号"):
        close(clerk, file)


def test_an_open_case_is_not_archived(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        close(clerk, accepted)


def test_who_may_archive(cast: Cast, ctx_for: ContextFor, delivered: Delivered) -> None:
    file = delivered()
    for part in ("approver", "disclosure_head", "supervisor", "auditor"):
        with pytest.raises(Forbidden):
            close(ctx_for(cast.actors[part]), file)
    with pytest.raises(NotFound):
        close(ctx_for(cast.colleague), file)


def test_after_archiving_only_corrections_orders_and_holds(
    clerk: Context, head: Context, cast: Cast, ctx_for: ContextFor, delivered: Delivered
) -> None:
    file = delivered()
    close(clerk, file)
    with pytest.raises(NotLawfulNow):
        add_note(clerk, file.id, text="补一句", expected_version=None)
    with pytest.raises(NotLawfulNow, match="已经归档"):
        happen(clerk, file, NewEntry(EntryType.NOTE_ADDED, CLOSED), reason="即使有说明")
    delivery = next(e.seq for e in file.entries if e.type == "delivered")
    correct_fact(
        head, file.id, seq=delivery, on=date(2026, 10, 13), reason="回执日期看错", expected_version=None
    )
    hold(ctx_for(cast.supervisor), file.id, grounds="行政诉讼", expected_version=None)
    order_anew(
        head,
        file.id,
        on=CLOSED,
        source=OrderSource.COURT,
        document="（2026）浙1002行初8号",
        expected_version=None,
    )
    assert file.case.stage == "processing"
    assert file.case.archive_number == "Z109-WS·2026-D10-MZJ-0001"


def test_the_retention_of_an_archived_file_is_changed_with_its_reason(
    clerk: Context, cast: Cast, ctx_for: ContextFor, delivered: Delivered
) -> None:
    """After archiving only named roles append, and the number on the file stays."""
    file = delivered()
    number = close(clerk, file).archive_number
    head = ctx_for(cast.disclosure_head)
    with pytest.raises(Forbidden):
        change_retention(clerk, file.id, retention=Retention.PERMANENT, grounds="涉诉", expected_version=None)
    with pytest.raises(Invalid):
        change_retention(head, file.id, retention=Retention.TEN_YEARS, grounds="不变", expected_version=None)
    change_retention(
        head, file.id, retention=Retention.PERMANENT, grounds="列为典型案例", expected_version=None
    )
    assert (file.case.retention, file.case.archive_number) == ("Y", number)
    assert (file.case.stage, file.last_text) == ("archived", "列为典型案例")


def test_the_retention_of_an_open_case_is_not_changed(
    cast: Cast, ctx_for: ContextFor, delivered: Delivered
) -> None:
    head = ctx_for(cast.disclosure_head)
    with pytest.raises(NotLawfulNow):
        change_retention(
            head, delivered().id, retention=Retention.PERMANENT, grounds="列为典型案例", expected_version=None
        )
