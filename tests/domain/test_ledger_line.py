"""A case as a register tells it, cut off at the end of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import CaseOnFile, ledger_line

RECEIVED = LogEntry(EntryType.RECEIVED, date(2023, 12, 1), 1)
SENT = LogEntry(EntryType.DISPATCHED, date(2023, 12, 20), 2, by=DispatchWay.PORTAL)
CASE = CaseOnFile(
    organ="椒江区民政局",
    received_on=date(2023, 12, 1),
    channel="portal",
    applicant="王某某",
    report_kind="natural_person",
    identity_type="none",
    identity_number=None,
    phone=None,
    address=None,
    description="某文件",
    supply_way=None,
    disposition="not_held",
    log=(RECEIVED, SENT),
    document_number="椒民公开〔2023〕1号",
)


def test_a_closed_request_tells_its_ending() -> None:
    line = ledger_line(CASE, 2023, 7)
    assert line is not None
    assert (line[Column.SEQUENCE], line[Column.OUTCOME]) == (7, "无法提供-本机关不掌握相关政府信息")
    assert (line[Column.REPLIED_ON], line[Column.DISPATCH_WAY]) == (date(2023, 12, 20), "网络")
    assert (line[Column.IDENTITY_TYPE], line[Column.REMARK]) == (None, None)


def test_a_request_open_at_the_end_of_the_year_is_carried_over() -> None:
    later = replace(CASE, log=(RECEIVED, replace(SENT, on=date(2024, 1, 2))))
    line = ledger_line(later, 2023, 1)
    assert line is not None
    assert line[Column.REMARK] == "结转下年"
    assert Column.REPLIED_ON not in line


def test_a_new_reply_ordered_later_belongs_to_no_register() -> None:
    anew = (
        LogEntry(EntryType.ORDERED_ANEW, date(2024, 5, 6), 3),
        LogEntry(EntryType.DISPATCHED, date(2024, 5, 20), 4, by=DispatchWay.POST),
    )
    case = replace(CASE, log=(*CASE.log, *anew))
    first = ledger_line(case, 2023, 1)
    assert first is not None
    assert first[Column.REPLIED_ON] == date(2023, 12, 20)
    assert ledger_line(case, 2024, 1) is None


def test_corrected_facts_are_told_as_corrected() -> None:
    mended = LogEntry(EntryType.FACT_CORRECTED, date(2023, 12, 25), 3, details={"seq": 2, "on": "2023-12-18"})
    line = ledger_line(replace(CASE, log=(RECEIVED, SENT, mended)), 2023, 1)
    assert line is not None
    assert line[Column.REPLIED_ON] == date(2023, 12, 18)


def test_of_several_letters_asking_for_opinions_the_first_and_the_last_answer_are_told() -> None:
    def asked(seq: int, day: int, ref: str, cause: SuspensionCause) -> LogEntry:
        return LogEntry(EntryType.SUSPENDED, date(2023, 12, day), seq, cause=cause, ref=ref)

    def answered(seq: int, day: int, ref: str) -> LogEntry:
        return LogEntry(EntryType.RESUMED, date(2023, 12, day), seq, ref=ref)

    log = (
        RECEIVED,
        asked(2, 4, "a", SuspensionCause.THIRD_PARTY),
        asked(3, 5, "b", SuspensionCause.THIRD_PARTY),
        answered(4, 8, "b"),
        answered(5, 12, "a"),
    )
    line = ledger_line(replace(CASE, log=log), 2023, 1)
    assert line is not None
    assert [line[c] for c in (Column.CONSULTED, Column.CONSULTED_ON, Column.ANSWERED_ON)] == [
        "第三方",
        date(2023, 12, 4),
        date(2023, 12, 12),
    ]
