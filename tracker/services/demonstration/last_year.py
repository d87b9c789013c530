"""Last year in the district: its register as it came in from Excel, and what became of the annual reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.adapters.ledger_writer import write_ledger
from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.case_log import DispatchWay
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import LineCell
from tracker.domain.ledger_terms import DISPATCH_WAY_NAMES
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_parts import PROPOSALS, ReportPart
from tracker.domain.request_terms import (
    CHANNEL_NAMES,
    IDENTITY_TYPE_NAMES,
    REPORT_KIND_NAMES,
    Channel,
    ReportKind,
)
from tracker.models import Organ
from tracker.services.annual_reports import accept_report, publish_report, return_report, submit_report
from tracker.services.context import Context
from tracker.services.demonstration.applicants import person
from tracker.services.demonstration.people import PEOPLE, STAFF
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.ledger_export import ledger_title
from tracker.services.ledger_import import import_ledger
from tracker.services.proactive import save_proactive
from tracker.services.report_texts import save_report_text

_FIRST_APPLICANT = 300
_REQUESTS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("MZJ", 24, ("养老机构运营补贴发放情况", "城乡低保标准调整的依据", "社会组织登记材料", "临时救助审批表")),
    ("JSJ", 14, ("房屋征收补偿方案", "施工许可证", "商品房预售方案", "老旧小区改造工程结算书")),
    ("ZGJ", 10, ("宅基地审批名册", "控制性详细规划图则", "建设用地规划许可证")),
    ("CZJ", 6, ("部门决算公开的依据", "政府采购合同")),
)
"""Organ, number of requests, and what they were about."""
_OUTCOMES = (
    Disposition.DISCLOSED,
    Disposition.NOT_HELD,
    Disposition.DISCLOSED,
    Disposition.PARTLY_DISCLOSED,
    Disposition.REFUSED_PROCESS,
    Disposition.DISCLOSED,
    Disposition.PETITION,
    Disposition.NOT_HELD,
    Disposition.REFUSED_THIRD_PARTY,
    Disposition.REFUSED_ENQUIRY,
    Disposition.DISCLOSED,
    Disposition.REPEATED,
)
_KINDS = (*(ReportKind.NATURAL_PERSON,) * 4, ReportKind.ENTERPRISE, ReportKind.LEGAL_SERVICE)
_CHANNELS = (Channel.PORTAL, Channel.REGISTERED_MAIL, Channel.PORTAL, Channel.IN_PERSON, Channel.EMAIL)
_USUAL_DAYS, _MOST_DAYS = 9, 22
"""A reply takes from 9 to 22 working days: now and then one is late."""

_BLANK = re.compile(r"【[^【】\n]+】")
_TYPED: dict[ReportPart, tuple[str, ...]] = {
    ReportPart.OVERVIEW: (
        "围绕职责范围内的重点领域，通过门户网站主动公开各类信息。",
        "公开前逐件审查，对公文属性实行源头认定，每年复核一次。",
        "门户网站专栏由专人维护，政务服务大厅设公开查阅点。",
        "由政务公开科具体负责，全年组织培训两次，没有责任追究情形。",
    ),
    ReportPart.PROBLEMS: (
        "个别答复引用条款不完整",
        "上年报告所列收件转交不及时的问题，已通过当日转交登记整改。",
        "上述措施由政务公开科负责，上半年完成。",
    ),
    ReportPart.OTHER: ("无。",),
}
_PROACTIVE = {
    "MZJ": {Figure.DOCUMENTS_MADE: 2, Figure.DOCUMENTS_IN_FORCE: 9, Figure.LICENCES: 46},
    "JSJ": {Figure.DOCUMENTS_IN_FORCE: 6, Figure.LICENCES: 318, Figure.PENALTIES: 27},
    "ZGJ": {Figure.DOCUMENTS_IN_FORCE: 11, Figure.LICENCES: 205, Figure.FEES: 5_842_300_00},
}


def import_last_year(play: Stagehand) -> int:
    """The supervisor imports the register of last year; how many requests that is."""
    year = play.ctx.today.year - 1
    with TemporaryDirectory(prefix="register-") as folder:
        path = Path(folder) / f"{year}年台账.xlsx"
        write_ledger(path, ledger_title(year), _lines(play, year))
        outcome = import_ledger(play.as_of("supervisor", 0), path)
    assert not outcome.rejected, outcome.rejected
    return outcome.imported


def hand_in_reports(play: Stagehand) -> None:
    """One report is published, one was returned, one waits for the district's office, one nobody has written."""
    year = play.ctx.today.year - 1
    for code in _PROACTIVE:
        _hand_in(play, year, code)
    accept_report(_in_january(play, "supervisor", 20), year, "MZJ", expected_version=1)
    publish_report(_in_january(play, "supervisor", 26), year, "MZJ", expected_version=2)
    return_report(
        _in_january(play, "supervisor", 21),
        year,
        "JSJ",
        comment="请补充上年问题的整改情况，并核对行政处罚决定的件数。",
        expected_version=1,
    )


def _hand_in(play: Stagehand, year: int, code: str) -> None:
    clerk, head = STAFF[code][0], STAFF[code][3]
    at_desk = _in_january(play, clerk, 9)
    save_proactive(at_desk, year, code, ProactiveTable(_PROACTIVE[code]), expected_version=0)
    parts = {part: _written(part, text) for part, text in PROPOSALS.items()}
    save_report_text(at_desk, year, code, parts, expected_version=0)
    submit_report(_in_january(play, head, 14), year, code, expected_version=0)


def _written(part: ReportPart, proposed: str) -> str:
    """The proposed text with its gaps filled in."""
    typed = iter(_TYPED.get(part, ()))
    return _BLANK.sub(lambda _gap: next(typed), proposed)


def _in_january(play: Stagehand, login: str, day: int) -> Context:
    """The surroundings on a day of January, or today where that is earlier."""
    today = play.ctx.today
    on = min(date(today.year, 1, day), today)
    noon = datetime.combine(on, time(12, 0), SHANGHAI) + timedelta(minutes=day)
    return play.ctx.on(on, noon.astimezone(UTC)).as_actor(play.actors[login])


def _lines(play: Stagehand, year: int) -> Iterator[Mapping[Column, LineCell]]:
    sequence = 0
    for code, number, subjects in _REQUESTS:
        organ = play.ctx.session.get_one(Organ, play.organ_ids[code]).name
        advisor = next(one.name for one in PEOPLE if one.login == STAFF[code][1])
        for n in range(number):
            sequence += 1
            received_on = play.calendar.nth_workday(date(year, 1, 5), 1 + n * 215 // number)
            days = _USUAL_DAYS + sequence * 5 % (_MOST_DAYS - _USUAL_DAYS + 1)
            yield _line(play, sequence, organ, advisor, subjects[n % len(subjects)], received_on, days)


def _line(
    play: Stagehand, sequence: int, organ: str, advisor: str, subject: str, received_on: date, days: int
) -> Mapping[Column, LineCell]:
    who = person(_FIRST_APPLICANT + sequence, _KINDS[sequence % len(_KINDS)])
    channel = _CHANNELS[sequence % len(_CHANNELS)]
    way = DispatchWay.POST if channel is Channel.REGISTERED_MAIL else DispatchWay.PORTAL
    replied_on = play.calendar.nth_workday(received_on, days)
    return {
        Column.SEQUENCE: sequence,
        Column.RECEIVED_ON: received_on,
        Column.CHANNEL: CHANNEL_NAMES[channel],
        Column.APPLICANT: who.name,
        Column.APPLICANT_KIND: REPORT_KIND_NAMES[who.report_kind],
        Column.IDENTITY_TYPE: IDENTITY_TYPE_NAMES[who.identity_type],
        Column.IDENTITY_NUMBER: who.identity_number,
        Column.PHONE: who.phone,
        Column.ADDRESS: who.address,
        Column.DESCRIPTION: f"{received_on.year} 年{subject}",
        Column.ORGAN: organ,
        Column.ADVISOR: advisor,
        Column.REVIEWED_ON: play.calendar.nth_workday(received_on, days - 2),
        Column.REPLIED_ON: replied_on,
        Column.OUTCOME: ROW_OF[_OUTCOMES[sequence % len(_OUTCOMES)]].register_name,
        Column.DISPATCH_WAY: DISPATCH_WAY_NAMES[way],
        Column.DELIVERED_ON: play.calendar.nth_workday(replied_on, 2) if way is DispatchWay.POST else None,
        Column.ARCHIVED_ON: play.calendar.nth_workday(replied_on, 15),
    }
