"""台账 rows: both shared registers, and each rule on a row made for it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registers import (
    DIRTY,
    GOOD,
    REGISTER,
    expected_clock,
    planted_defects,
    read_register,
    surroundings,
)
from tracker.domain.case_log import DispatchWay, EntryType, SuspensionCause
from tracker.domain.clock import fold
from tracker.domain.dispositions import Disposition
from tracker.domain.ledger import check_register, check_row
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_log import Ending
from tracker.domain.ledger_row import LedgerRow, RejectedRow
from tracker.domain.ledger_values import Cell
from tracker.domain.request_terms import Channel, IdentityType, SupplyWay

DAY = date(2023, 3, 1)


def good(**changes: Cell) -> LedgerRow:
    checked = check_row(3, GOOD | {Column[name]: value for name, value in changes.items()}, surroundings())
    assert isinstance(checked, LedgerRow), checked
    return checked


def rejected(**changes: Cell) -> list[tuple[str, str]]:
    checked = check_row(3, GOOD | {Column[name]: value for name, value in changes.items()}, surroundings())
    assert isinstance(checked, RejectedRow)
    return [(defect.column.name, defect.message) for defect in checked.defects]


def warned(**changes: Cell) -> list[str]:
    return [defect.column.name for defect in good(**changes).warnings]


def test_every_row_of_the_register_has_the_expected_due_date_and_flag() -> None:
    calendar = surroundings().calendar
    found = {}
    for row in read_register(REGISTER):
        assert isinstance(row, LedgerRow)
        reading = fold([dated.entry for dated in row.entries], calendar)
        late = {True: "否", False: "是", None: ""}[reading.on_time]
        due_on = reading.due_on.isoformat() if reading.due_on else ""
        replied_on = row.replied_on.isoformat() if row.replied_on else ""
        found[row.sequence] = (row.received_on.isoformat(), due_on, replied_on, late)
    assert found == {number: tuple(row.values())[1:] for number, row in expected_clock().items()}


def test_the_clean_register_has_no_oddity() -> None:
    rows = read_register(REGISTER)
    assert [row for row in rows if isinstance(row, RejectedRow) or row.warnings] == []
    assert sum(row.outcome is None for row in rows if isinstance(row, LedgerRow)) == 9


def test_planted_defects_are_rejected_warned_of_or_read_through() -> None:
    verdicts = {}
    for row in read_register(DIRTY):
        if isinstance(row, RejectedRow):
            verdicts[row.row] = (str(row.defects[0].column), "reject")
        elif row.warnings:
            verdicts[row.row] = (str(row.warnings[0].column), "warn")
    planted = planted_defects()
    assert verdicts == {row: found for row, found in planted.items() if found[1] != "accept"}
    assert sum(verdict == "reject" for _, verdict in verdicts.values()) == 12


def test_what_is_read_through_means_what_it_says() -> None:
    rows = {row.row: row for row in read_register(DIRTY) if isinstance(row, LedgerRow)}
    assert [rows[n].received_on for n in (13, 14, 15, 16)] == [date(2023, 1, 4), *[date(2023, 1, 9)] * 3]
    assert rows[17].report_kind == "natural_person"
    assert rows[18].channel is Channel.REGISTERED_MAIL
    assert rows[19].outcome is Disposition.DISCLOSED
    assert rows[20].phone == "13805760001"
    assert rows[36].description == '=HYPERLINK("http://127.0.0.1/","x")'
    assert rows[37].applicant == "<script>alert(1)</script>某"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"RECEIVED_ON": None}, "RECEIVED_ON"),
        ({"RECEIVED_ON": "去年三月"}, "RECEIVED_ON"),
        ({"RECEIVED_ON": date(2026, 11, 24), "REPLIED_ON": None, "OUTCOME": None}, "RECEIVED_ON"),
        ({"ARCHIVED_ON": "2023-13-01"}, "ARCHIVED_ON"),
        ({"ARCHIVED_ON": date(2023, 3, 9)}, "ARCHIVED_ON"),
        ({"REPLIED_ON": date(2023, 2, 28)}, "REPLIED_ON"),
        ({"REVIEWED_ON": date(2023, 2, 28)}, "REVIEWED_ON"),
        ({"DELIVERED_ON": date(2023, 3, 9)}, "DELIVERED_ON"),
        ({"CORRECTED_ON": date(2023, 3, 6)}, "CORRECTED_ON"),
        ({"CORRECTION_REQUESTED_ON": date(2023, 3, 7), "CORRECTED_ON": date(2023, 3, 6)}, "CORRECTED_ON"),
        ({"ANSWERED_ON": date(2023, 3, 6)}, "ANSWERED_ON"),
        ({"FEE_PAID_ON": date(2023, 3, 6)}, "FEE_PAID_ON"),
        ({"EXTENSION_DAYS": 10}, "EXTENSION_DAYS"),
        ({"EXTENDED_ON": DAY}, "EXTENDED_ON"),
        ({"EXTENDED_ON": DAY, "EXTENSION_DAYS": 0}, "EXTENSION_DAYS"),
        ({"EXTENDED_ON": DAY, "EXTENSION_DAYS": "十天"}, "EXTENSION_DAYS"),
        ({"EXTENDED_ON": DAY, "EXTENSION_DAYS": 2.5}, "EXTENSION_DAYS"),
        ({"EXTENDED_ON": date(2023, 3, 20), "EXTENSION_DAYS": 10}, "EXTENDED_ON"),
        ({"CONSULTED_ON": date(2023, 3, 20), "CONSULTED": "第三方"}, "CONSULTED_ON"),
        ({"CHANNEL": "飞鸽传书"}, "CHANNEL"),
        ({"CHANNEL": None}, "CHANNEL"),
        ({"APPLICANT": "  "}, "APPLICANT"),
        ({"APPLICANT": "王" * 201}, "APPLICANT"),
        ({"APPLICANT_KIND": "外星人"}, "APPLICANT_KIND"),
        ({"APPLICANT_KIND": None}, "APPLICANT_KIND"),
        ({"ORGAN": "不存在的机关"}, "ORGAN"),
        ({"ORGAN": None}, "ORGAN"),
        ({"DESCRIPTION": None}, "DESCRIPTION"),
        ({"DESCRIPTION": "长" * 20_001}, "DESCRIPTION"),
        ({"OUTCOME": "同意"}, "OUTCOME"),
        ({"OUTCOME": None}, "OUTCOME"),
        ({"REPLIED_ON": None}, "REPLIED_ON"),
        ({"DISPATCH_WAY": "托人捎带"}, "DISPATCH_WAY"),
        ({"DISPATCH_WAY": None}, "DISPATCH_WAY"),
    ],
)
def test_what_cannot_be_is_rejected_naming_the_column(changes: dict[str, Cell], column: str) -> None:
    defects = rejected(**changes)
    assert defects[0][0] == column
    assert f"“{Column[column]}”" in defects[0][1]


def test_a_row_tells_all_its_faults_at_once() -> None:
    columns = {column for column, _ in rejected(CHANNEL="飞鸽传书", DESCRIPTION=None, ORGAN="某机关")}
    assert columns == {"CHANNEL", "DESCRIPTION", "ORGAN"}


def test_a_description_of_twenty_thousand_characters_is_taken() -> None:
    assert len(good(DESCRIPTION="长" * 20_000).description) == 20_000


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, []),
        ({"IDENTITY_NUMBER": "331002190709268209"}, ["IDENTITY_NUMBER"]),
        ({"IDENTITY_NUMBER": "12345"}, ["IDENTITY_NUMBER"]),
        ({"IDENTITY_NUMBER": 331002190709268208}, ["IDENTITY_NUMBER"]),
        ({"IDENTITY_TYPE": "护照", "IDENTITY_NUMBER": "E12345678"}, []),
        ({"IDENTITY_TYPE": "驾驶证"}, ["IDENTITY_TYPE"]),
        ({"IDENTITY_TYPE": None, "IDENTITY_NUMBER": None}, []),
        ({"EXTENDED_ON": DAY, "EXTENSION_DAYS": 45}, ["EXTENSION_DAYS"]),
        (
            {"CORRECTION_REQUESTED_ON": date(2023, 3, 13), "CORRECTED_ON": date(2023, 3, 14)}
            | {"REPLIED_ON": date(2023, 3, 20)},
            ["CORRECTION_REQUESTED_ON"],
        ),
        (
            {"EXTENDED_ON": date(2023, 4, 10), "EXTENSION_DAYS": 5, "REPLIED_ON": date(2023, 4, 11)},
            ["EXTENDED_ON"],
        ),
        ({"SEQUENCE": None}, ["SEQUENCE"]),
        ({"SEQUENCE": "第一件"}, ["SEQUENCE"]),
        ({"SUPPLY_WAY": "心灵感应"}, ["SUPPLY_WAY"]),
        ({"CONSULTED": "第三方"}, ["CONSULTED"]),
        ({"CONSULTED_ON": DAY}, ["CONSULTED"]),
        ({"DOCUMENT_NUMBER": None}, ["DOCUMENT_NUMBER"]),
        ({"DOCUMENT_NUMBER": "椒民公开[2023]第01号"}, ["DOCUMENT_NUMBER"]),
        ({"DOCUMENT_NUMBER": "椒财公开〔2023〕1号"}, ["DOCUMENT_NUMBER"]),
        ({"REVIEWED_ON": date(2023, 3, 13)}, ["REVIEWED_ON"]),
        ({"ARCHIVED_ON": date(2023, 3, 13)}, ["ARCHIVED_ON"]),
    ],
)
def test_what_is_odd_is_imported_with_a_warning(changes: dict[str, Cell], columns: list[str]) -> None:
    assert warned(**changes) == columns


def test_the_cause_of_a_suspension_follows_who_was_asked() -> None:
    causes = [
        next(d.entry.cause for d in good(CONSULTED=who, CONSULTED_ON=DAY).entries if d.entry.cause)
        for who in ("第三方", "共同制作机关", "其他机关", "台州某公司")
    ]
    assert causes == [
        SuspensionCause.THIRD_PARTY,
        SuspensionCause.CO_PRODUCER,
        SuspensionCause.OTHER_ORGAN,
        SuspensionCause.THIRD_PARTY,
    ]


def test_by_hand_the_day_of_delivery_stops_the_clock() -> None:
    row = good(DISPATCH_WAY="当面", DELIVERED_ON=date(2023, 4, 3))
    reading = fold([dated.entry for dated in row.entries], surroundings().calendar)
    assert row.dispatch_way is DispatchWay.HAND
    assert (reading.stopped_on, reading.due_on, reading.on_time) == (
        date(2023, 4, 3),
        date(2023, 3, 29),
        False,
    )


def test_a_lapse_stops_the_clock_without_due_date() -> None:
    name = "其他处理-申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    row = good(OUTCOME=name, CORRECTION_REQUESTED_ON=date(2023, 3, 6))
    assert (row.ending, row.outcome) == (Ending.LAPSE, Disposition.LAPSED_UNCORRECTED)
    assert row.entries[-1].entry.type is EntryType.ABANDONED
    reading = fold([dated.entry for dated in row.entries], surroundings().calendar)
    assert (reading.due_on, reading.on_time) == (None, None)


def test_a_withdrawal_is_told_by_the_remark_of_a_row_without_letter() -> None:
    withdrawn = good(OUTCOME="其他处理-其他", DISPATCH_WAY=None, DOCUMENT_NUMBER=None, REMARK="申请人撤回")
    assert (withdrawn.ending, withdrawn.entries[-1].entry.type) == (Ending.WITHDRAWAL, EntryType.WITHDRAWN)
    assert good(OUTCOME="其他处理-其他", REMARK="申请人撤回").ending is Ending.REPLY


def test_cells_filled_in_loosely_mean_the_same() -> None:
    row = good(
        CHANNEL=" 邮寄 （平信） ",
        ORGAN="台州市椒江区民政局",
        APPLICANT_KIND="自　然　人",
        OUTCOME="（三）不予公开－1.属于国家秘密",
        IDENTITY_TYPE="身份证",
        SUPPLY_WAY="",
        PHONE="（0576） 8888-0001",
        RECEIVED_ON="２０２３年３月１日",
    )
    assert row.channel is Channel.ORDINARY_MAIL
    assert row.organ.code == "MZJ"
    assert row.outcome is Disposition.REFUSED_STATE_SECRET
    assert row.identity_type is IdentityType.RESIDENT_ID
    assert row.supply_way is None
    assert row.phone == "057688880001"
    assert row.received_on == DAY
    assert good().supply_way is SupplyWay.POST


def test_a_sequence_number_used_twice_rejects_the_later_row() -> None:
    rows = [(3, GOOD), (4, GOOD | {Column.SEQUENCE: 2}), (5, GOOD | {Column.SEQUENCE: "2"})]
    checked = list(check_register(rows, surroundings()))
    assert [type(row) for row in checked] == [LedgerRow, LedgerRow, RejectedRow]
    assert isinstance(checked[2], RejectedRow)
    assert checked[2].defects[0].message.startswith("“序号”2 已在第 4 行用过")
