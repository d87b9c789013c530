"""归档: the list of what the file holds, a number without gaps, and a file that stays closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.archive import APPLICANT, whole_case
from tests.letter_samples import composed
from tests.people import NOW, Cast
from tests.services.acts.conftest import File, happen
from tests.services.conftest import ContextFor
from tracker.domain.archive_digest import digest_of_contents
from tracker.domain.archive_materials import MaterialKind
from tracker.domain.archiving import Retention
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.permissions import Permission
from tracker.domain.workflow import RULE_OF, Action, is_offered
from tracker.models import ArchivedFile, Attachment, Organ
from tracker.services.archiving import (
    Archived,
    archive,
    change_retention,
    plan_archive,
)
from tracker.services.case_record import NewEntry, facts_for
from tracker.services.context import Context
from tracker.services.facts import correct_fact
from tracker.services.holds import hold, release_hold
from tracker.services.notes import add_note
from tracker.services.order_anew import OrderSource, order_anew
from tracker.services.paper_materials import PaperGiven, add_paper, remove_paper, set_pages

POSTED, CLOSED = date(2026, 9, 24), date(2026, 11, 20)

Delivered = Callable[..., File]


@pytest.fixture
def delivered(clerk: Context, cast: Cast, session: Session) -> Delivered:
    """``delivered(serial)``: answered by post and delivered, with everything its file must hold."""

    def make(serial: int = 1, template: str = "not_existing", without: tuple[str, ...] = ()) -> File:
        case_id = whole_case(clerk, cast.organ_ids["MZJ"], serial, template=template, without=without)
        return File(session, case_id)

    return make


def close(ctx: Context, file: File, **more: Any) -> Archived:
    return archive(ctx, file.id, on=CLOSED, **{"expected_version": None, **more})


def archived(session: Session, file: File) -> ArchivedFile:
    session.rollback()
    return session.scalars(
        select(ArchivedFile).where(ArchivedFile.case_id == file.id, ArchivedFile.current)
    ).one()


def test_the_number_names_fonds_year_period_unit_and_serial(clerk: Context, delivered: Delivered) -> None:
    file = delivered()
    done = close(clerk, file, expected_version=file.version)
    assert done.archive_number == "Z109-WS·2026-D10-MZJ-0001"
    case = file.case
    assert (case.stage, case.archive_number, case.retention) == ("archived", done.archive_number, "D10")


def test_the_list_is_frozen_paginated_and_vouched_for_by_the_log(
    clerk: Context, delivered: Delivered, session: Session
) -> None:
    file = delivered()
    done = close(clerk, file)
    row = archived(session, file)
    kinds = [line["kind"] for line in row.contents]
    assert kinds == [
        "reply",
        "final_draft",
        "approval",
        "legal_opinion",
        "proof_of_delivery",
        "dispatch_record",
        "search_record",
        "sheet",
        "application",
        "receipt",
    ]
    assert row.lacking == [] and row.pages == done.pages > 0
    assert all(line["sha256"] and line["attachment_id"] for line in row.contents)
    assert file.last.details["list"] == row.contents_hash == digest_of_contents(row.contents)
    assert row.title == f"关于{file.case.number}政府信息公开申请的《{composed('not_existing').title}》"
    assert APPLICANT not in str(row.contents) + row.title


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


def test_what_the_file_lacks_is_named_in_words(
    clerk: Context, delivered: Delivered, session: Session
) -> None:
    file = delivered(without=("envelope", "delivery_proof"))
    lacks = plan_archive(clerk, file.case).lacks
    assert [lack.key for lack in lacks] == ["receipt", "proof_of_delivery"]
    with pytest.raises(NotLawfulNow, match="信封.*答复的送达凭证"):
        close(clerk, file)
    close(clerk, file, reason="原件在纸质卷内")
    assert file.last_text == "原件在纸质卷内"
    assert archived(session, file).lacking == ["receipt", "proof_of_delivery"]


def test_what_is_on_paper_completes_the_file(
    clerk: Context, cast: Cast, ctx_for: ContextFor, delivered: Delivered, session: Session
) -> None:
    file = delivered(without=("envelope", "delivery_proof"))
    given = PaperGiven(MaterialKind.RECEIPT, "信封原件", 1, POSTED, "receipt")
    with pytest.raises(Forbidden):
        add_paper(ctx_for(cast.approver), file.id, given)
    with pytest.raises(NotFound):
        add_paper(ctx_for(cast.colleague), file.id, given)
    for wrong, field in (
        (PaperGiven(MaterialKind.OTHER, " ", 1), "title"),
        (PaperGiven(MaterialKind.OTHER, "长" * 121, 1), "title"),
        (PaperGiven(MaterialKind.OTHER, "材料", 0), "pages"),
        (PaperGiven(MaterialKind.OTHER, "材料", 10_000), "pages"),
        (PaperGiven(MaterialKind.OTHER, "材料", 1, date(2026, 11, 24)), "made_on"),
        (PaperGiven(MaterialKind.OTHER, "材料", 1, None, "application"), "covers"),
    ):
        with pytest.raises(Invalid) as told:
            add_paper(clerk, file.id, wrong)
        assert set(told.value.fields) == {field}
    add_paper(clerk, file.id, given)
    mistaken = add_paper(clerk, file.id, PaperGiven(MaterialKind.OTHER, "误登", 9))
    remove_paper(clerk, file.id, mistaken)
    with pytest.raises(NotFound):
        remove_paper(clerk, file.id, mistaken)
    add_paper(clerk, file.id, PaperGiven(MaterialKind.PROOF_OF_DELIVERY, "送达回证", 2))
    close(clerk, file)
    row = archived(session, file)
    assert (row.lacking, row.paper_pages) == ([], 3)
    assert [line["pages"] for line in row.contents if line["paper"]] == [2, 1]
    with pytest.raises(NotLawfulNow):
        add_paper(clerk, file.id, PaperGiven(MaterialKind.OTHER, "补一份", 1))


def test_pages_no_program_can_count_are_asked_for(
    clerk: Context, delivered: Delivered, session: Session
) -> None:
    file = delivered()
    session.add(
        Attachment(
            case_id=file.id,
            kind="other",
            filename="说明.docx",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            size=2,
            sha256="0" * 64,
            storage_key=clerk.adapters.files.put(b"PK"),
            added_at=NOW,
        )
    )
    session.commit()
    [lack] = plan_archive(clerk, file.case).lacks
    attachment_id = int(lack.key.rpartition(":")[2])
    for wrong in (None, 0, 10_000):
        with pytest.raises(Invalid):
            set_pages(clerk, file.id, attachment_id, wrong)
    with pytest.raises(NotFound):
        set_pages(clerk, file.id, attachment_id + 100, 3)
    set_pages(clerk, file.id, attachment_id, 3)
    before = sum(line.material.pages or 0 for line in plan_archive(clerk, file.case).lines)
    assert close(clerk, file).pages > before >= 3


def test_a_file_opened_by_an_order_keeps_its_number(
    clerk: Context, head: Context, delivered: Delivered, session: Session
) -> None:
    first, second = delivered(1), delivered(2)
    number = close(clerk, first).archive_number
    source, document = OrderSource.COURT, "（2026）浙1002行初8号"
    order_anew(head, first.id, on=CLOSED, source=source, document=document, expected_version=None)
    happen(
        clerk,
        first,
        NewEntry(EntryType.DISPATCHED, CLOSED, {"by": "post"}),
        NewEntry(EntryType.DELIVERED, CLOSED),
    )
    again = close(clerk, first)
    assert again.archive_number == number and again.retention is Retention.THIRTY_YEARS
    assert archived(session, first).run == 2
    assert close(clerk, second).archive_number.endswith("-0002")


def test_parts_of_the_number_are_set_by_the_organ(
    clerk: Context, cast: Cast, delivered: Delivered, session: Session
) -> None:
    file = delivered()
    session.rollback()
    organ = session.get_one(Organ, cast.organ_ids["MZJ"])
    organ.archive_by_unit, organ.archive_unit_code, organ.archive_serial_width = False, None, 3
    session.commit()
    assert close(clerk, file).archive_number == "Z109-WS·2026-D10-001"


def test_no_act_of_handling_is_left_once_a_file_is_closed(
    clerk: Context, delivered: Delivered, session: Session
) -> None:
    file = delivered()
    close(clerk, file)
    facts = facts_for(session, file.case)
    permitted = {RULE_OF[action].permission for action in Action if is_offered(action, facts)}
    assert not permitted & {
        Permission.CASE_HANDLE,
        Permission.CASE_ASSIGN,
        Permission.CASE_ARCHIVE,
        Permission.LETTER_DRAFT,
        Permission.LETTER_REVIEW,
        Permission.LETTER_SIGN_OFF,
        Permission.LETTER_DISPATCH,
        Permission.EXTENSION_APPROVE,
    }


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
        head, file.id, seq=delivery, on=date(2026, 9, 25), reason="回执日期看错", expected_version=None
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
