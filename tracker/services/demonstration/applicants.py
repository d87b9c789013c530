"""Invented applicants and requests: names, numbers that check, plausible subjects. Nobody real is meant."""

from __future__ import annotations

from tracker.domain.identity_numbers import NumberCheck, check_credit_code, check_resident_number
from tracker.domain.request_facts import PersonDetails
from tracker.domain.request_terms import USUAL_LEGAL_KIND, IdentityType, ReportKind

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = ("某", "某某", "某甲", "某乙", "某丙")
_STREETS = ("某路", "某街", "某巷", "某村", "某小区")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_RESIDENT_SIGNS = "0123456789X"

ORGANISATIONS: dict[ReportKind, str] = {
    ReportKind.ENTERPRISE: "台州某{}建筑工程有限公司",
    ReportKind.RESEARCH: "台州某{}海洋研究所",
    ReportKind.PUBLIC_BENEFIT: "台州某{}公益服务中心",
    ReportKind.LEGAL_SERVICE: "浙江某{}律师事务所",
    ReportKind.OTHER: "某{}小区业主委员会",
}
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def person(number: int, kind: ReportKind) -> PersonDetails:
    """The invented applicant of this number; the same number is always the same person."""
    citizen = kind is ReportKind.NATURAL_PERSON
    return PersonDetails(
        name=_citizen(number) if citizen else ORGANISATIONS[kind].format(_STEMS[number % len(_STEMS)]),
        legal_kind=USUAL_LEGAL_KIND[kind],
        report_kind=kind,
        identity_type=IdentityType.RESIDENT_ID if citizen else IdentityType.CREDIT_CODE,
        identity_number=_resident_number(number) if citizen else _credit_code(number),
        phone=f"1380576{1000 + number * 37 % 9000:04d}",
        address=f"浙江省台州市椒江区{_STREETS[number % len(_STREETS)]}{number * 7 % 400 + 1}号",
        postcode="318000",
        contact_name="" if citizen else _citizen(number + 11),
    )


def _citizen(number: int) -> str:
    return _SURNAMES[number * 7 % len(_SURNAMES)] + _GIVEN[number % len(_GIVEN)]


def _resident_number(number: int) -> str:
    """Born in the years 1901 to 1909, so that it can be nobody's."""
    stem = f"331002190{number % 9 + 1}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    return next(
        stem + sign for sign in _RESIDENT_SIGNS if check_resident_number(stem + sign) is NumberCheck.OK
    )


def _credit_code(number: int) -> str:
    stem = f"91331002MADEM{number % 10000:04d}"
    return next(stem + sign for sign in _CREDIT_SIGNS if check_credit_code(stem + sign) is NumberCheck.OK)
