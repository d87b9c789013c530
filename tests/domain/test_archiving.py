"""归档: order and pages of the list, what a file must hold, how long it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.archive_catalogue import CatalogueRow, catalogue_paper, cover_paper, list_paper
from tracker.domain.archive_demands import (
    DEMANDS,
    Asked,
    FileFacts,
    SentLetter,
    lack_name,
    lacking,
    uncounted,
)
from tracker.domain.archive_materials import (
    KIND_OF_FILE,
    MATERIAL_NAMES,
    Listed,
    Material,
    MaterialKind,
    in_order,
    paginated,
    paper_pages,
    total_pages,
)
from tracker.domain.archiving import (
    RETENTION_NAMES,
    Ended,
    Retention,
    period_ends_on,
    proposed_retention,
)
from tracker.domain.case_log import EntryType
from tracker.domain.dispositions import Need
from tracker.domain.file_kinds import OUR_OWN, FileKind
from tracker.domain.permissions import Role
from tracker.domain.stages import Stage

ANSWERED = FileFacts(Stage.DELIVERED, by_mail=True, happened=frozenset())

materials = st.lists(
    st.builds(
        Material,
        key=st.uuids().map(str),
        kind=st.sampled_from(MaterialKind),
        title=st.just("材料"),
        on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
        pages=st.one_of(st.none(), st.integers(1, 300)),
        paper=st.booleans(),
    ),
    max_size=30,
)


@given(materials)
def test_pages_run_through_the_file_without_gap_or_overlap(pieces: list[Material]) -> None:
    lines = paginated(pieces)
    assert [line.place for line in lines] == list(range(1, len(pieces) + 1))
    taken = [page for line in lines if line.first for page in range(line.first, line.last + 1)]
    assert taken == list(range(1, total_pages(lines) + 1))
    assert all(not line.span for line in lines if line.material.pages is None)
    assert 0 <= paper_pages(lines) <= total_pages(lines)


@given(materials)
def test_the_order_is_that_of_the_kinds_whatever_comes_first(pieces: list[Material]) -> None:
    kinds = [list(MaterialKind).index(one.kind) for one in in_order(pieces)]
    assert kinds == sorted(kinds)
    assert in_order(reversed(pieces)) == in_order(pieces)


@given(materials)
def test_a_frozen_line_reads_back(pieces: list[Material]) -> None:
    for line in paginated(pieces, {pieces[0].key: "0" * 64} if pieces else None):
        assert Listed.from_data(line.to_data()) == line


def test_reply_before_request_and_original_before_draft() -> None:
    order = list(MaterialKind)
    for before, after in (
        (MaterialKind.REPLY, MaterialKind.FINAL_DRAFT),
        (MaterialKind.REPLY, MaterialKind.APPLICATION),
        (MaterialKind.CONSULTATION, MaterialKind.CONSULTATION_ANSWER),
        (MaterialKind.APPLICATION, MaterialKind.RECEIPT),
    ):
        assert order.index(before) < order.index(after)


def test_every_kind_has_its_name_and_every_file_its_kind() -> None:
    assert set(MATERIAL_NAMES) == set(MaterialKind)
    assert set(KIND_OF_FILE) == set(FileKind) - OUR_OWN


def held(*kinds: MaterialKind, **more: str) -> list[Material]:
    return [Material(key=f"file:{n}", kind=kind, title="材料", **more) for n, kind in enumerate(kinds)]


def keys(facts: FileFacts, pieces: list[Material]) -> list[str]:
    return [lack.key for lack in lacking(facts, pieces)]


def test_an_empty_answered_file_lacks_everything_and_says_who_must_add_it() -> None:
    found = {lack.key: lack.who for lack in lacking(ANSWERED, [])}
    assert found == {
        "application": Role.CLERK,
        "receipt": Role.CLERK,
        "reply": Role.CLERK,
        "final_draft": Role.CLERK,
        "approval": Role.APPROVER,
        "legal_opinion": Role.LEGAL_ADVISOR,
        "proof_of_delivery": Role.CLERK,
    }


def test_a_whole_file_lacks_nothing() -> None:
    assert keys(ANSWERED, held(*MaterialKind)) == []


@pytest.mark.parametrize("row", DEMANDS, ids=lambda row: row.key)
def test_each_demand_is_met_by_its_kind_and_by_nothing_else(row: object) -> None:
    facts = FileFacts(
        Stage.ABANDONED if row.key == "lapse_letter" else Stage.DELIVERED,  # type: ignore[attr-defined]
        by_mail=row.key != "submission",  # type: ignore[attr-defined]
        happened=frozenset(EntryType),
        needs=frozenset(Need),
    )
    assert row.when(facts)  # type: ignore[attr-defined]
    others = [kind for kind in MaterialKind if kind not in row.met_by]  # type: ignore[attr-defined]
    assert row.key in keys(facts, held(*others))  # type: ignore[attr-defined]
    for kind in row.met_by:  # type: ignore[attr-defined]
        assert row.key not in keys(facts, held(kind))  # type: ignore[attr-defined]


def test_what_the_system_received_needs_no_envelope() -> None:
    record = held(MaterialKind.RECEIPT_RECORD)
    assert "receipt" in keys(ANSWERED, record)
    handed_in = replace(ANSWERED, by_mail=False)
    assert "submission" in keys(handed_in, []) and "submission" not in keys(handed_in, record)


def test_an_organ_without_review_needs_no_opinion() -> None:
    assert "legal_opinion" not in keys(replace(ANSWERED, review_required=False), [])


def test_work_is_demanded_by_the_outcome() -> None:
    searched = replace(ANSWERED, needs=frozenset({Need.SEARCH_RECORD}))
    assert "search_record" in keys(searched, []) and "secrecy_review" not in keys(searched, [])
    assert "search_record" not in keys(replace(searched, stage=Stage.WITHDRAWN), [])


def test_a_withdrawn_request_needs_its_request_and_envelope_only() -> None:
    assert keys(replace(ANSWERED, stage=Stage.WITHDRAWN), []) == ["application", "receipt"]


def test_each_notice_needs_its_delivery_and_each_consultation_its_answer() -> None:
    facts = replace(
        ANSWERED,
        notices=(SentLetter(7, "《补正告知书》", proved=False), SentLetter(8, "《延期告知书》", proved=True)),
        consultations=(Asked(3, "某公司", letter_held=True, answered=False),),
    )
    whole = held(*MaterialKind)
    assert keys(facts, whole) == ["notice_delivery:7", "consultation_answer:3"]
    covering = [
        Material(key="paper:1", kind=MaterialKind.NOTICE_DELIVERY, title="回证", covers="notice_delivery:7")
    ]
    assert keys(facts, whole + covering) == ["consultation_answer:3"]


def test_a_piece_added_for_one_demand_meets_no_other() -> None:
    facts = replace(ANSWERED, happened=frozenset({EntryType.EXTENDED, EntryType.FEE_NOTIFIED}))
    pieces = held(MaterialKind.NOTICE, covers="fee_notice")
    assert "fee_notice" not in keys(facts, pieces) and "extension_notice" in keys(facts, pieces)


def test_demands_have_names_without_parties() -> None:
    assert lack_name("reply") == "签发的答复文书"
    assert "某公司" not in lack_name("consultation:3")
    assert lack_name(uncounted(held(MaterialKind.OTHER)[0]).key) == "一份材料的页数"


@pytest.mark.parametrize(
    ("ended", "retention"),
    [
        (Ended("disclosed"), Retention.TEN_YEARS),
        (Ended(None), Retention.TEN_YEARS),
        (Ended("partly_disclosed"), Retention.THIRTY_YEARS),
        (Ended("refused_internal"), Retention.THIRTY_YEARS),
        (Ended("disclosed", ("upheld",)), Retention.THIRTY_YEARS),
        (Ended("disclosed", (None,)), Retention.THIRTY_YEARS),
        (Ended("disclosed", held=True), Retention.THIRTY_YEARS),
        (Ended("disclosed", ordered_anew=True), Retention.THIRTY_YEARS),
        (Ended("refused_internal", ("upheld", "corrected")), Retention.PERMANENT),
    ],
)
def test_retention_follows_outcome_and_challenge(ended: Ended, retention: Retention) -> None:
    assert proposed_retention(ended).retention is retention
    assert proposed_retention(ended).why


@given(st.integers(2008, 2100), st.sampled_from(Retention))
def test_a_period_runs_whole_years_from_the_next_january(year: int, kept: Retention) -> None:
    ends = period_ends_on(year, kept)
    if kept is Retention.PERMANENT:
        assert ends is None
    else:
        assert ends is not None and ends + timedelta(days=1) == date(year + (kept.years or 0) + 1, 1, 1)


def row(**more: object) -> CatalogueRow:
    values: dict[str, object] = {
        "case_id": 1,
        "case_number": "椒民公开受〔2026〕1号",
        "organ": "椒江区民政局",
        "number": "Z109-WS·2026-D10-MZJ-0001",
        "year": 2026,
        "retention": Retention.TEN_YEARS,
        "serial": 1,
        "title": "关于椒民公开受〔2026〕1号政府信息公开申请的《答复》",
        "document_number": "椒民公开〔2026〕1号",
        "responsible": "椒江区民政局",
        "document_on": date(2026, 9, 24),
        "pages": 12,
        "paper_pages": 2,
        "lacking": 1,
        "archived_on": date(2026, 11, 20),
        "reopened": False,
    }
    return CatalogueRow(**(values | more))  # type: ignore[arg-type]


def test_the_papers_say_what_the_standard_asks() -> None:
    lines = paginated(held(MaterialKind.REPLY, MaterialKind.APPLICATION))
    catalogue = list(catalogue_paper("区民政局 2026 年度", [row(), row(serial=2)]).lines())
    assert "20260924" in catalogue and "纸质2页，缺1项" in catalogue and catalogue.count("2") == 1
    assert row().number in set(cover_paper(row(), lines).lines())
    listed = list(list_paper(row(), lines, ["申请书"]).lines())
    assert MATERIAL_NAMES[MaterialKind.REPLY] in listed and "申请书" in listed
    assert RETENTION_NAMES[Retention.TEN_YEARS] in set(cover_paper(row(), lines).lines())
