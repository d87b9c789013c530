"""Who works in the demonstration district. All names are invented; the password is meant to be known."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.permissions import Role

PASSWORD = "Jiaojiang-2026"  # noqa: S105 - demonstration accounts are refused in production
ADVISED = ("MZJ", "CZJ", "JSJ", "ZFJ", "RSJ", "NSJ", "QZF", "BGS")

_OFFICE = (Role.APPROVER, Role.DISCLOSURE_HEAD)


@dataclass(frozen=True, slots=True)
class Person:
    """One demonstration account: login, name, and the roles held, the usual one first."""

    login: str
    name: str
    holdings: tuple[tuple[Role, str], ...]


def _in(role: Role, *organs: str) -> tuple[tuple[Role, str], ...]:
    return tuple((role, organ) for organ in organs)


def _leader(*organs: str) -> tuple[tuple[Role, str], ...]:
    return tuple((role, organ) for role in _OFFICE for organ in organs)


PEOPLE: tuple[Person, ...] = (
    Person("clerk", "陈静", _in(Role.CLERK, "MZJ")),
    Person("clerk2", "林涛", _in(Role.CLERK, "MZJ")),
    Person("approver", "王国强", _in(Role.APPROVER, "MZJ")),
    Person("head", "周敏", _in(Role.DISCLOSURE_HEAD, "MZJ")),
    Person("advisor", "徐文博", _in(Role.LEGAL_ADVISOR, *ADVISED)),
    Person("supervisor", "沈岚", _in(Role.SUPERVISOR, "BGS")),
    Person("administrator", "梁栋", _in(Role.ADMINISTRATOR, "BGS")),
    Person("auditor", "许正", _in(Role.AUDITOR, "BGS")),
    # 区政府与区政府办公室为同一班人
    Person("office.clerk", "郑晓", _in(Role.CLERK, "QZF", "BGS")),
    Person("office.leader", "蒋海平", _leader("QZF", "BGS")),
    Person("czj.clerk", "朱芳", _in(Role.CLERK, "CZJ")),
    Person("czj.leader", "方建国", _leader("CZJ")),
    Person("jsj.clerk", "吴倩", _in(Role.CLERK, "JSJ")),
    Person("jsj.leader", "何永年", _leader("JSJ")),
    Person("zfj.clerk", "罗斌", _in(Role.CLERK, "ZFJ")),
    Person("zfj.leader", "唐志远", _leader("ZFJ")),
    Person("rsj.clerk", "高洁", _in(Role.CLERK, "RSJ")),
    Person("rsj.leader", "曹卫东", _leader("RSJ")),
    Person("zgj.clerk", "马骏", _in(Role.CLERK, "ZGJ")),
    Person("zgj.leader", "彭立新", _leader("ZGJ")),
    Person("zgj.advisor", "顾知远", _in(Role.LEGAL_ADVISOR, "ZGJ", "HMJ", "BYJ", "DCZ")),
    # 一人街道：经办、签发、工作机构负责人为同一人，审查和签发以纸质审批代替
    Person("hmj.one", "金一帆", (*_in(Role.CLERK, "HMJ"), *_leader("HMJ"))),
    Person("byj.clerk", "潘玲", _in(Role.CLERK, "BYJ")),
    Person("byj.leader", "程刚", _leader("BYJ")),
)
"""24 people in eleven organs: every role, two organs with one staff, an office of one person, a shared advisor."""

STAFF: dict[str, tuple[str, str, str, str]] = {
    "MZJ": ("clerk", "advisor", "approver", "head"),
    "CZJ": ("czj.clerk", "advisor", "czj.leader", "czj.leader"),
    "JSJ": ("jsj.clerk", "advisor", "jsj.leader", "jsj.leader"),
    "ZFJ": ("zfj.clerk", "advisor", "zfj.leader", "zfj.leader"),
    "RSJ": ("rsj.clerk", "advisor", "rsj.leader", "rsj.leader"),
    "QZF": ("office.clerk", "advisor", "office.leader", "office.leader"),
    "BGS": ("office.clerk", "advisor", "office.leader", "office.leader"),
    "ZGJ": ("zgj.clerk", "zgj.advisor", "zgj.leader", "zgj.leader"),
    "HMJ": ("hmj.one", "zgj.advisor", "hmj.one", "hmj.one"),
    "BYJ": ("byj.clerk", "zgj.advisor", "byj.leader", "byj.leader"),
}
"""Organ → clerk, advisor, approver, head of the disclosure office."""

COURT = "台州市椒江区人民法院（演示）"
"""Marked as invented: which court has jurisdiction is for the organ to confirm."""
