"""Notes what a flush changes in the installation itself; the transaction records it before it ends.

It hangs on the session and not on the verbs, so that no verb, present or future, can forget it. The table below is the
rule: which fields of what are recorded, and which of them only as "something is there".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from tracker.domain.administrative_acts import HIDDEN, Operation, Subject
from tracker.models.account import Account, RoleHolding
from tracker.models.alert import AlertPolicy, DistrictRobot
from tracker.models.calendar import CalendarEdition
from tracker.models.calendar_proposal import CalendarProposal
from tracker.models.destruction import Destruction
from tracker.models.ledger import LedgerHeading, LedgerImport
from tracker.models.letter import LetterTemplateVersion
from tracker.models.organ import Organ
from tracker.models.points_rule import PointsRule
from tracker.models.stand_in import StandIn
from tracker.models.subject import Subject as SubjectRow
from tracker.models.wording import StatuteChange, WordingCheck, WordingDraft

_PENDING = "administration_in_flush"
_NOTED = "administration_noted"


@dataclass(frozen=True, slots=True)
class Watched:
    """``shown`` fields are recorded with their values, ``hidden`` ones as present or not."""

    subject: Subject
    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()


WATCHED: dict[type, Watched] = {
    Account: Watched(
        Subject.ACCOUNT,
        ("active", "demonstration", "must_change_password", "locked_until_at"),
        ("login", "name", "email", "password_hash", "code_cipher"),
    ),
    RoleHolding: Watched(Subject.ROLE, ("account_id", "organ_id", "role")),
    Organ: Watched(
        Subject.ORGAN,
        (
            "code",
            "name",
            "kind",
            "number_prefix",
            "reviewing_organ",
            "alternative_reviewing_organ",
            "court",
            "address",
            "postcode",
            "fonds_number",
            "archive_unit_code",
            "archive_category",
            "archive_by_unit",
            "archive_serial_width",
            "review_required",
            "yellow_days",
            "orange_days",
            "draft_by",
            "review_by",
            "post_by",
            "active",
        ),
        ("contact", "phone"),
    ),
    CalendarEdition: Watched(Subject.CALENDAR, ("year", "notice_number", "digest")),
    CalendarProposal: Watched(
        Subject.CALENDAR_PROPOSAL,
        ("year", "notice_number", "digest", "status"),
        ("reason", "decision_reason"),
    ),
    LetterTemplateVersion: Watched(
        Subject.WORDING, ("template_id", "number", "source_hash", "in_force_from", "organ_id", "ended_on")
    ),
    WordingDraft: Watched(
        Subject.WORDING_DRAFT,
        ("template_id", "organ_id", "in_force_from", "status", "became_id"),
        ("source", "reason", "comment"),
    ),
    StatuteChange: Watched(Subject.STATUTE_CHANGE, ("article", "changed_on"), ("note",)),
    WordingCheck: Watched(Subject.WORDING_CHECK, ("change_id", "wording_id"), ("remark",)),
    AlertPolicy: Watched(
        Subject.ALERT_POLICY,
        (
            "ahead",
            "overdue_every",
            "review_days",
            "sign_off_days",
            "quiet_from",
            "quiet_until",
            "quiet_days_off",
            "robot_channel",
        ),
        ("robot_cipher",),
    ),
    DistrictRobot: Watched(Subject.ROBOT, ("robot_channel",), ("robot_cipher",)),
    PointsRule: Watched(Subject.POINTS_RULE, ("number", "in_force_from"), ("rule", "reason")),
    SubjectRow: Watched(Subject.CASE_SUBJECT, ("name", "active")),
    StandIn: Watched(
        Subject.STAND_IN,
        ("organ_id", "away_id", "stand_in_id", "from_on", "to_on", "ended_at", "ended_by_id"),
    ),
    LedgerImport: Watched(Subject.LEDGER_IMPORT, ("sha256", "voided_at"), ("void_reason",)),
    LedgerHeading: Watched(Subject.LEDGER_HEADING, ("heading", "column")),
    Destruction: Watched(Subject.DESTRUCTION, ("organ_id", "number", "state"), ("grounds", "decision")),
}


@dataclass(slots=True)
class NotedAct:
    """What became of one row within a transaction, several flushes taken together."""

    subject: Subject
    subject_id: str
    operation: Operation
    details: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class _Pending:
    row: Any
    operation: Operation
    before: dict[str, Any]


def note_act(session: Session, subject: Subject, subject_id: str, details: dict[str, list[Any]]) -> None:
    """Something of the installation was changed that is no row of the table above."""
    _noted(session).append(NotedAct(subject, subject_id, Operation.CHANGED, details))


def take_noted_acts(session: Session) -> list[NotedAct]:
    """What was noted since this was last asked, in the order it began."""
    session.info.pop(_PENDING, None)
    found: list[NotedAct] = session.info.pop(_NOTED, None) or []
    return found


@event.listens_for(Session, "before_flush")
def _look(session: Session, _context: object, _objects: object) -> None:
    pending = [_Pending(row, Operation.MADE, {}) for row in session.new if type(row) in WATCHED]
    for row in session.deleted:
        if type(row) in WATCHED:
            pending.append(_Pending(row, Operation.REMOVED, _values(row)))
    for row in session.dirty:
        if type(row) in WATCHED and row not in session.deleted:
            before = _before(row)
            if before:
                pending.append(_Pending(row, Operation.CHANGED, before))
    if pending:
        session.info[_PENDING] = pending


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: object) -> None:
    for held in session.info.pop(_PENDING, ()):
        watched = WATCHED[type(held.row)]
        key = "/".join(str(part) for part in inspect(held.row).mapper.primary_key_from_instance(held.row))
        after = {} if held.operation is Operation.REMOVED else _values(held.row)
        names = held.before if held.operation is Operation.CHANGED else {**held.before, **after}
        details = {name: [held.before.get(name), after.get(name)] for name in names}
        if held.operation is not Operation.CHANGED:
            details = {name: pair for name, pair in details.items() if pair != [None, None]}
        _add(_noted(session), NotedAct(watched.subject, key, held.operation, details))


def _add(noted: list[NotedAct], act: NotedAct) -> None:
    earlier = next((n for n in noted if (n.subject, n.subject_id) == (act.subject, act.subject_id)), None)
    if earlier is None or act.operation is Operation.REMOVED:
        noted.append(act)
        return
    for name, (before, after) in act.details.items():
        earlier.details[name] = [earlier.details.get(name, [before])[0], after]


def _before(row: Any) -> dict[str, Any]:
    watched, before = WATCHED[type(row)], {}
    for name in (*watched.shown, *watched.hidden):
        history = get_history(row, name, PassiveFlag.PASSIVE_NO_INITIALIZE)
        if history.added and list(history.added) != list(history.deleted or ()):
            before[name] = _plain(history.deleted[0] if history.deleted else None, name in watched.hidden)
    return before


def _values(row: Any) -> dict[str, Any]:
    watched = WATCHED[type(row)]
    return {
        name: _plain(row.__dict__.get(name), name in watched.hidden)
        for name in (*watched.shown, *watched.hidden)
    }


def _plain(value: Any, hidden: bool) -> Any:
    if value is None:
        return None
    if hidden:
        return HIDDEN
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _noted(session: Session) -> list[NotedAct]:
    found: list[NotedAct] = session.info.setdefault(_NOTED, [])
    return found
