"""A historic case as a register tells it: facts, applicant, letters whose text is not held, and its log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import ledger_defects as say
from tracker.domain.case_log import EntryType, LogEntry, SuspensionCause, effective
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerRow
from tracker.domain.numbering import CASE_SERIES, case_number, parse_document_number
from tracker.domain.request_terms import USUAL_LEGAL_KIND, Channel
from tracker.models import Applicant, Case, CaseItem, Consultation, Dispatch, Letter, Receipt
from tracker.queries.case_log import read_log
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.letter_act import named_person
from tracker.services.numbers import advance_to, draw_number

REPLY_SERIES = "letter:reply"
ADVISOR = "legal_advisor"
CONSULTATION_REF = "ledger"
_ANY_REPLY = "reply_frame"
_REASON = "据台账如实导入"
_PHONE_TAIL = 4
_NOTICES: dict[Column, str] = {
    Column.CORRECTION_REQUESTED_ON: "correction_notice",
    Column.EXTENDED_ON: "extension_notice",
    Column.FEE_NOTIFIED_ON: "fee_notice",
}
_CONFIRMED = frozenset({Channel.ORDINARY_MAIL, Channel.FAX})
_SIGNED = frozenset({Channel.REGISTERED_MAIL, Channel.IN_PERSON, Channel.ORAL})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the import and the register's name. It remembers, for one batch, who was named and up to
    which number each organ's replies go, so that neither is asked of the database for every row."""

    import_id: int
    register: str
    advisors: dict[tuple[int, str], int] = field(default_factory=dict)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def advance_counters(self, session: Session) -> None:
        """Make sure that no number seen in the batch is drawn again."""
        for (organ_id, year), serial in sorted(self.numbers.items()):
            advance_to(session, organ_id, REPLY_SERIES, year, serial)


def create_case(ctx: Context, row: LedgerRow, organ_id: int, origin: Origin, *, number_free: bool) -> Case:
    """A new historic case with everything its row tells. ``number_free``: its 发文字号 is on no other letter yet.

    Actors stay names: nobody's account is made to answer for what was done before. Raises ``Refusal``.
    """
    session = ctx.session
    year = row.received_on.year
    serial = draw_number(session, organ_id, CASE_SERIES, year)
    case = Case(
        organ_id=organ_id,
        number=case_number(row.organ.number_prefix, year, serial),
        year=year,
        serial=serial,
        received_on=row.received_on,
        channel=str(row.channel),
        description=row.description,
        supply_way=str(row.supply_way) if row.supply_way else None,
        stage="registered",
        clock_state="running",
        historic=True,
        created_at=ctx.now,
        clocks=[],
    )
    session.add(case)
    session.flush()
    session.add_all([_receipt(case, row), _applicant(ctx, case, row)])
    session.add(CaseItem(case_id=case.id, position=1, description=row.description, grounds={}))
    _record(ctx, case, row, organ_id, origin, (), number_free=number_free)
    return case


def continue_case(
    ctx: Context, case: Case, row: LedgerRow, origin: Origin, *, number_free: bool
) -> tuple[bool, tuple[Column, ...]]:
    """Add what a later register knows of a case carried over. Returns whether anything was added, and the columns that
    were left alone: those that contradict what is recorded, and all that is new to a case worked on in the system.
    Raises ``Refusal``."""
    log = read_log(ctx.session, case.id)
    if not case.historic:
        return False, tuple(d.column for d in row.entries if d.entry.type not in {e.type for e in log})
    contradicting = tuple(d.column for d in row.entries if _contradicts(log, d.entry))
    if contradicting or not _news(log, row):
        return False, contradicting
    _record(ctx, case, row, case.organ_id, origin, log, number_free=number_free)
    return True, ()


def _news(log: Sequence[LogEntry], row: LedgerRow) -> bool:
    known = {entry.type for entry in log}
    return any(dated.entry.type not in known for dated in row.entries) or (
        row.archived_on is not None and EntryType.ARCHIVED not in known
    )


def _contradicts(log: Sequence[LogEntry], told: LogEntry) -> bool:
    days = {entry.on for entry in [*log, *effective(log)] if entry.type is told.type}
    return bool(days) and told.on not in days


def _record(
    ctx: Context,
    case: Case,
    row: LedgerRow,
    organ_id: int,
    origin: Origin,
    log: Sequence[LogEntry],
    *,
    number_free: bool,
) -> None:
    known = {entry.type for entry in log}
    letters = _letters(ctx, case, row, origin, known, number_free=number_free)
    entries = [
        _entry(ctx, case, d.column, d.entry, letters) for d in row.entries if d.entry.type not in known
    ]
    entries += _other_entries(ctx, row, organ_id, origin, known)
    about = {"import_id": origin.import_id, "row": row.row, "sequence": row.sequence}
    entries.insert(0 if log else 1, NewEntry(EntryType.LEDGER_IMPORTED, ctx.today, about, text=row.remark))
    if row.outcome is not None:
        case.disposition = str(row.outcome)
        _first_item(ctx, case).disposition = str(row.outcome)
    unlawful = any(defect.template == say.BREACH for defect in row.warnings)
    append(ctx, case, *entries, reason=_REASON if log or unlawful else None)


def _first_item(ctx: Context, case: Case) -> CaseItem:
    return ctx.session.scalars(
        select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.position).limit(1)
    ).one()


def _entry(
    ctx: Context, case: Case, column: Column, told: LogEntry, letters: dict[Column, Letter]
) -> NewEntry:
    details: dict[str, object] = {}
    if column in letters:
        details["letter_id"] = letters[column].id
    if told.by is not None:
        details["by"] = str(told.by)
    if told.days is not None:
        details["days"] = told.days
    if told.cause is not None:
        details |= {"cause": str(told.cause), "ref": CONSULTATION_REF}
        consultation = _consultation(case, told)
        ctx.session.add(consultation)
        ctx.session.flush()
        details["consultation_id"] = consultation.id
    if told.type is EntryType.RESUMED:
        details["ref"] = CONSULTATION_REF
        _answered(ctx, case, told.on)
    return NewEntry(told.type, told.on, details)


def _other_entries(
    ctx: Context, row: LedgerRow, organ_id: int, origin: Origin, known: Iterable[EntryType]
) -> list[NewEntry]:
    entries: list[NewEntry] = []
    if row.reviewed_on is not None and EntryType.REVIEW_APPROVED not in known:
        advisor = _advisor(ctx, organ_id, row.advisor, origin) if row.advisor else None
        entries.append(NewEntry(EntryType.REVIEW_APPROVED, row.reviewed_on, named_person_id=advisor))
    if row.archived_on is not None and EntryType.ARCHIVED not in known:
        entries.append(NewEntry(EntryType.ARCHIVED, row.archived_on))
    return entries


def _letters(
    ctx: Context,
    case: Case,
    row: LedgerRow,
    origin: Origin,
    known: Iterable[EntryType],
    *,
    number_free: bool,
) -> dict[Column, Letter]:
    """A letter without text for each notice and for the reply that the row newly tells of."""
    letters: dict[Column, Letter] = {}
    for dated in row.entries:
        if dated.entry.type in known:
            continue
        kind = _letter_kind(dated.column, dated.entry, row.outcome)
        if kind is not None:
            letter = Letter(
                case_id=case.id,
                organ_id=case.organ_id,
                kind=kind,
                is_reply=dated.column is Column.REPLIED_ON,
                run=case.run or 1,
                status="historic",
                body_held=False,
            )
            letters[dated.column] = letter
    ctx.session.add_all(letters.values())
    reply = letters.get(Column.REPLIED_ON)
    if reply is not None:
        _number(reply, row, origin, number_free=number_free)
    ctx.session.flush()
    if reply is not None and row.dispatch_way is not None and row.replied_on is not None:
        ctx.session.add(_dispatch(reply, row, row.replied_on))
    return letters


def _letter_kind(column: Column, entry: LogEntry, outcome: Disposition | None) -> str | None:
    if column is Column.CONSULTED_ON:
        third = entry.cause is SuspensionCause.THIRD_PARTY
        return "consult_third_party" if third else "consult_organ"
    if column is Column.REPLIED_ON and outcome is not None and entry.type is not EntryType.WITHDRAWN:
        variants = ROW_OF[outcome].variants
        return variants[0].template if len(variants) == 1 else _ANY_REPLY
    return _NOTICES.get(column)


def _number(reply: Letter, row: LedgerRow, origin: Origin, *, number_free: bool) -> None:
    """Keep the 发文字号 and make sure that it is not drawn again. One used twice is kept as a remark of its letter."""
    if row.document_number is None:
        return
    if not number_free:
        reply.values = {"number_as_written": row.document_number}
        return
    reply.number = row.document_number
    parsed = parse_document_number(row.document_number)
    if parsed is not None and parsed[0] == row.organ.number_prefix:
        reply.series = REPLY_SERIES
        series = (reply.organ_id, parsed[1])
        origin.numbers[series] = max(origin.numbers.get(series, 0), parsed[2])


def _dispatch(reply: Letter, row: LedgerRow, on: date) -> Dispatch:
    return Dispatch(
        letter_id=reply.id,
        way=str(row.dispatch_way),
        dispatched_on=on,
        mail_number=row.mail_number,
        delivered_on=row.delivered_on,
    )


def _consultation(case: Case, told: LogEntry) -> Consultation:
    return Consultation(
        case_id=case.id,
        ref=CONSULTATION_REF,
        kind=str(told.cause),
        party="（台账未载明）",
        subject=case.description,
        sent_on=told.on,
    )


def _answered(ctx: Context, case: Case, on: date) -> None:
    asked = ctx.session.scalar(
        select(Consultation).where(Consultation.case_id == case.id, Consultation.ref == CONSULTATION_REF)
    )
    if asked is not None:
        asked.answered_on = on


def _receipt(case: Case, row: LedgerRow) -> Receipt:
    receipt = Receipt(case_id=case.id, channel=str(row.channel))
    if row.channel in _SIGNED:
        receipt.signed_on = row.received_on
    elif row.channel in _CONFIRMED:
        receipt.confirmed_on = row.received_on
    else:
        receipt.submitted_on = row.received_on
    return receipt


def _applicant(ctx: Context, case: Case, row: LedgerRow) -> Applicant:
    cipher = ctx.adapters.cipher
    applicant = Applicant(
        case_id=case.id,
        position=1,
        capacity="applicant",
        name=row.applicant,
        legal_kind=str(USUAL_LEGAL_KIND[row.report_kind]),
        report_kind=str(row.report_kind),
        identity_type=str(row.identity_type),
    )
    if row.identity_number:
        applicant.identity_number_cipher = cipher.seal(row.identity_number)
        applicant.identity_number_hash = cipher.fingerprint(row.identity_number)
    if row.phone:
        applicant.phone_cipher = cipher.seal(row.phone)
        applicant.phone_hash = cipher.fingerprint(row.phone)
        applicant.phone_tail_hash = cipher.fingerprint(row.phone[-_PHONE_TAIL:])
    if row.address:
        applicant.address_cipher = cipher.seal(row.address)
    return applicant


def _advisor(ctx: Context, organ_id: int, name: str, origin: Origin) -> int:
    key = (organ_id, name)
    if key not in origin.advisors:
        origin.advisors[key] = named_person(ctx.session, organ_id, name, ADVISOR).id
    return origin.advisors[key]
