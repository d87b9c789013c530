"""Files of a case: names cleaned, content checked, bytes before the row, rows only with bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.file_store import MemoryFileStore
from tracker.adapters.virus_scanner import ScanFailed
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.file_kinds import FileKind
from tracker.models import Attachment
from tracker.queries.case_log import read_log
from tracker.services.attachments import (
    LARGEST_BYTES,
    Upload,
    add_file,
    check_upload,
    clean_filename,
    open_file,
)
from tracker.services.context import Context

PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def ctx(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.clerk)


@pytest.fixture
def case_id(cast: Cast, ctx: Context) -> int:
    return received_case(ctx, cast.organ_ids["MZJ"], date(2026, 9, 10))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\申请书.pdf", "申请书.pdf"),
        ('a"b<c>|:*?.pdf', "abc.pdf"),
        ("a\x00\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        (".bashrc", "bashrc"),
    ],
)
def test_names_lose_what_could_mislead(given: str, kept: str) -> None:
    assert clean_filename(given).replace(" ", "") == kept.replace(" ", "")


def test_added_read_and_on_record(cast: Cast, ctx: Context, case_id: int, session: Session) -> None:
    added = add_file(
        ctx, case_id, [Upload("a.pdf", PDF, FileKind.REQUEST), Upload("b.pdf", PDF)], expected_version=None
    )
    assert [open_file(ctx, file_id).content for file_id in added] == [PDF, PDF]
    entries = [e for e in read_log(session, case_id) if e.type is EntryType.FILE_ATTACHED]
    assert [e.details["attachment_id"] for e in entries] == added
    row = session.get_one(Attachment, added[0])
    assert (row.kind, row.size, row.media_type, len(row.sha256)) == (
        "request",
        len(PDF),
        "application/pdf",
        64,
    )


def test_all_or_none(ctx: Context, case_id: int, session: Session) -> None:
    with pytest.raises(Invalid, match="需要更正"):
        add_file(ctx, case_id, [Upload("a.pdf", PDF), Upload("b.pdf", b"x")], expected_version=None)
    with pytest.raises(Invalid):
        add_file(ctx, case_id, [], expected_version=None)
    assert session.scalars(select(Attachment)).all() == []


def test_twenty_megabytes_are_the_most(ctx: Context) -> None:
    full = PDF + b"\0" * (LARGEST_BYTES - len(PDF))
    assert check_upload(ctx, Upload("a.pdf", full)).media_type == "application/pdf"
    with pytest.raises(Invalid) as error:
        check_upload(ctx, Upload("a.pdf", full + b"\0"))
    assert "超过 20 MB" in str(error.value.fields["file"][0])


@dataclass(frozen=True)
class Scanner:
    """Finds what it is told, or fails."""

    found: str | None

    def find(self, content: bytes) -> str | None:
        if self.found == "":
            raise ScanFailed("out of order")
        return self.found


@pytest.mark.parametrize(("found", "told"), [("Eicar", "检查出病毒（Eicar）"), ("", "没能完成病毒检查")])
def test_an_infected_file_is_not_kept_and_an_unscanned_one_counts_as_infected(
    ctx: Context, case_id: int, session: Session, found: str, told: str
) -> None:
    scanned = replace(ctx, adapters=replace(ctx.adapters, scanner=Scanner(found)))
    with pytest.raises(Invalid) as caught:
        add_file(scanned, case_id, [Upload("a.pdf", PDF)], expected_version=None)
    assert told in str(caught.value.fields["file"][0])
    assert session.scalars(select(Attachment)).all() == []
    clean = replace(ctx, adapters=replace(ctx.adapters, scanner=Scanner(None)))
    assert add_file(clean, case_id, [Upload("a.pdf", PDF)], expected_version=None)


def test_an_old_page_meets_and_leaves_no_row(ctx: Context, case_id: int, session: Session) -> None:
    with pytest.raises(Conflict):
        add_file(ctx, case_id, [Upload("a.pdf", PDF)], expected_version=999)
    assert session.scalars(select(Attachment)).all() == []


def test_others_do_not_reach_it(cast: Cast, ctx: Context, ctx_for: ContextFor, case_id: int) -> None:
    file_id = add_file(ctx, case_id, [Upload("a.pdf", PDF)], expected_version=None)[0]
    for part in ("colleague", "stranger", "administrator", "one_person"):
        with pytest.raises(NotFound):
            open_file(ctx_for(cast.actors[part]), file_id)
    with pytest.raises(NotFound):
        add_file(ctx_for(cast.colleague), case_id, [Upload("a.pdf", PDF)], expected_version=None)
    with pytest.raises(Forbidden):
        add_file(ctx_for(cast.auditor), case_id, [Upload("a.pdf", PDF)], expected_version=None)


def test_a_lost_file_is_told_in_words(ctx: Context, case_id: int) -> None:
    file_id = add_file(ctx, case_id, [Upload("a.pdf", PDF)], expected_version=None)[0]
    store = ctx.adapters.files
    assert isinstance(store, MemoryFileStore)
    store.files.clear()
    with pytest.raises(NotFound, match="备份"):
        open_file(ctx, file_id)
