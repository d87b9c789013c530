"""What may be overwritten outright: never a date, a way of dispatch or an outcome, and nothing of an archived file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.amendments import AMENDMENTS, Amendable, may_amend, read_amendment
from tracker.domain.errors import TrackerError
from tracker.domain.ledger_columns import DATES, Column
from tracker.domain.ledger_view import EDITABLE, VIEW_COLUMNS
from tracker.domain.stages import Stage

NEVER = {*DATES, Column.OUTCOME, Column.DISPATCH_WAY, Column.EXTENSION_DAYS, Column.DOCUMENT_NUMBER}


def test_no_date_and_no_outcome_is_ever_overwritten() -> None:
    assert not NEVER & {rule.column for rule in AMENDMENTS.values()}
    assert not NEVER & {column.column for column in EDITABLE}
    assert all(column.closed for column in VIEW_COLUMNS if column.column in NEVER)


@pytest.mark.parametrize("what", list(Amendable))
def test_an_archived_file_is_closed(what: Amendable) -> None:
    assert not may_amend(what, Stage.ARCHIVED)


@pytest.mark.parametrize("stage", list(Stage))
def test_article_30_the_request_is_fixed_by_its_acceptance(stage: Stage) -> None:
    assert may_amend(Amendable.DESCRIPTION, stage) is (stage is Stage.REGISTERED)


@pytest.mark.parametrize(
    ("what", "typed", "kept"),
    [
        (Amendable.PHONE, " 138-1234 1234 ", "13812341234"),
        (Amendable.ADDRESS, "解放路\n1 号", "解放路 1 号"),
        (Amendable.DESCRIPTION, " 一\r\n二 ", "一\n二"),
        (Amendable.SUPPLY_WAY, "电子邮件", "email"),
        (Amendable.MAIL_NUMBER, "xa 1234", "XA1234"),
        (Amendable.REMARK, "", ""),
    ],
)
def test_what_is_typed_is_kept_clean(what: Amendable, typed: str, kept: str) -> None:
    assert read_amendment(what, typed) == kept


@pytest.mark.parametrize("what", [a for a in Amendable if a is not Amendable.SUPPLY_WAY])
def test_the_longest_text_is_kept_and_one_more_is_not(what: Amendable) -> None:
    longest = AMENDMENTS[what].longest
    assert len(read_amendment(what, "1" * longest)) == longest
    with pytest.raises(TrackerError, match="请删减"):
        read_amendment(what, "1" * (longest + 1))


@given(text=st.text(max_size=40), mask=st.sampled_from("*＊"), what=st.sampled_from(["phone", "address"]))
def test_what_is_masked_never_replaces_what_it_masks(text: str, mask: str, what: str) -> None:
    with pytest.raises(TrackerError):
        read_amendment(Amendable(what), f"1{text}{mask}")
