"""Forms for the file made from a letter: 送达回证 and 审查呈批单. Drawn when asked for; they carry no number."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.case_log import DispatchWay
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.composition import compose
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.letter_document import LetterDocument
from tracker.models import Case, Letter, SecrecyReview
from tracker.queries.letter_templates import get_wording
from tracker.services.context import Context
from tracker.services.dispatch import WAY_NAMES
from tracker.services.legal_review import Step, standing_approval
from tracker.services.letter_facts import case_facts


def delivery_receipt(ctx: Context, case: Case, letter: Letter) -> LetterDocument:
    """送达回证 of an issued letter, ready to be signed by the addressee."""
    content = letter.issued_content or letter.content
    sent = letter.dispatches[-1] if letter.dispatches else None
    facts = case_facts(ctx.session, case) | {
        "applicant": content["addressee"],
        "served_title": content["title"],
        "served_number": letter.number or "〔　　　〕　　号",
        "served_way": WAY_NAMES[DispatchWay(sent.way)] if sent else "　",
        "mail_number": (sent.mail_number or "") if sent else "",
    }
    return _form(ctx, case.organ_id, "delivery_receipt", facts)


def approval_sheet(ctx: Context, case: Case, letter: Letter) -> LetterDocument:
    """审查呈批单 of a reply: who drafted, secrecy review, legal review, and room for the head's signature."""
    facts = case_facts(ctx.session, case) | sheet_facts(ctx, case, letter)
    return _form(ctx, case.organ_id, "approval_sheet", facts)


def sheet_facts(ctx: Context, case: Case, letter: Letter) -> dict[str, str]:
    """What the sheets that go round with a reply say of it; an opinion not given yet leaves room for a signature."""
    outcome = (letter.values or {}).get("disposition")
    drafted_on = ctx.today if letter.drafted_at is None else _day(letter.drafted_at)
    return {
        "disposition_name": ROW_OF[Disposition(outcome)].register_name if outcome else TO_BE_SIGNED,
        "handler": letter.drafted_by.name if letter.drafted_by else TO_BE_SIGNED,
        "drafted_on": chinese_date(drafted_on),
        "secrecy_opinion": _secrecy(ctx, case),
        "review_opinion": _opinion(letter, Step.REVIEW)
        or (TO_BE_SIGNED if case.organ.review_required else ""),
        "approval_opinion": _signature(letter),
    }


TO_BE_SIGNED = "年　　月　　日"
"""Room for a hand: the typesetter gives such a row its height."""


def _form(ctx: Context, organ_id: int, key: str, facts: dict[str, str]) -> LetterDocument:
    wording = get_wording(ctx.session, key, ctx.today, organ_id)
    names = {*wording.template.fields, "organ"}
    document = compose(
        wording.template, {n: v for n, v in facts.items() if n in names and v.strip()} | _blanks(facts, names)
    )
    return document.fill(number="　", date="　", seal="　")


def _blanks(facts: dict[str, str], names: set[str]) -> dict[str, str]:
    """A line to be filled in by hand is a fact of its own."""
    return {name: "—" for name in names if name in facts and facts[name] == "　"}


def _secrecy(ctx: Context, case: Case) -> str:
    found = ctx.session.scalar(
        select(SecrecyReview)
        .where(SecrecyReview.case_id == case.id)
        .order_by(SecrecyReview.id.desc())
        .limit(1)
    )
    return f"{found.opinion}　{found.reviewed_by}　{chinese_date(found.reviewed_on)}" if found else ""


def _opinion(letter: Letter, step: Step) -> str:
    found = standing_approval(letter, step)
    if found is None:
        return ""
    name = found.paper_name or (found.reviewer.name if found.reviewer else "")
    return f"{found.opinion or '同意'}　{name}　{chinese_date(found.paper_on or _day(found.decided_at))}"


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _signature(letter: Letter) -> str:
    if letter.signed_on is None or letter.signed_by is None:
        return _opinion(letter, Step.SIGN_OFF) or TO_BE_SIGNED
    return f"同意签发　{letter.signed_by.name}　{chinese_date(letter.signed_on)}"
