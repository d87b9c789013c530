"""Procedural notices (补正、延期、征求意见、收费 …): issued by the act that needs them, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.errors import Missing, NotLawfulNow
from tracker.domain.letter_document import LetterDocument
from tracker.domain.letter_template import LetterTemplate, TemplateKind
from tracker.domain.numbering import document_number
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Case, Letter, Organ
from tracker.queries.letter_templates import Wording, get_wording
from tracker.queries.scope import get_case
from tracker.services.case_record import NewEntry, append, require_version
from tracker.services.context import Context
from tracker.services.letter_facts import bodies_of, case_facts, organ_facts
from tracker.services.numbers import draw_number
from tracker.services.rendering import render_after_commit
from tracker.services.unit_of_work import transaction

FRAME_KEY = "reply_frame"


def issue_notice(
    ctx: Context, case: Case, key: str, facts: Mapping[str, str], *, on: date | None = None
) -> Letter:
    """Issue a document of a case inside the caller's transaction: composed, numbered, dated, frozen.

    ``facts`` are merge fields the caller states; what the case and the organ have on record is added. ``on`` is the
    成文日期, today by default. Raises ``Missing`` naming every fact (or character) that lacks; nothing is drawn then.
    The files are rendered once the transaction has committed. The caller appends its own entry to the log.
    """
    day = on or ctx.today
    wording = get_wording(ctx.session, key, day, case.organ_id)
    known = case_facts(ctx.session, case) | {name: value for name, value in facts.items() if value}
    return _issue(
        ctx, case.organ, wording, _compose(ctx, case.organ, wording.template, known, day), known, day, case
    )


def issue_mail_notice(
    ctx: Context, organ: Organ, facts: Mapping[str, str], *, on: date | None = None
) -> Letter:
    """误投转交函: the one document that belongs to no case. Same rules as ``issue_notice``."""
    day = on or ctx.today
    wording = get_wording(ctx.session, "forwarding", day, organ.id)
    known = organ_facts(organ) | {name: value for name, value in facts.items() if value}
    return _issue(ctx, organ, wording, _compose(ctx, organ, wording.template, known, day), known, day, None)


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """What a stand-alone notice became."""

    letter_id: int
    number: str
    title: str


def issue_standalone_notice(
    ctx: Context, case_id: int, key: str, facts: Mapping[str, str], *, expected_version: int | None
) -> IssuedNotice:
    """A notice that moves no clock (``STANDALONE``: 登记回执, 代办人告知书 …), noted in the log.

    Raises ``NotLawfulNow`` for documents that an act of the workflow issues itself, besides what ``issue_notice`` does.
    """
    if key not in STANDALONE:
        raise NotLawfulNow(N_("这份文书由相应的办理操作一并制发，请从案件页的操作进入。"))
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.LETTER_DRAFT, lock=True)
        require_version(case, expected_version)
        letter = issue_notice(ctx, case, key, facts)
        details = {"letter_id": letter.id, "template": key}
        append(ctx, case, NewEntry(EntryType.NOTICE_ISSUED, ctx.today, details))
        title = get_wording(session, key, ctx.today, case.organ_id).template.title
        return IssuedNotice(letter.id, letter.number or "", title)


STANDALONE: tuple[str, ...] = (
    "receipt",
    "agent_notice",
    "consult_notice",
    "third_party_disclosure",
    "lapsed_uncorrected",
    "lapsed_unpaid",
)
"""Documents an office may issue by themselves; the others go out with the act that moves the clock."""


def _compose(
    ctx: Context, organ: Organ, template: LetterTemplate, facts: Mapping[str, str], day: date
) -> LetterDocument:
    if template.kind is not TemplateKind.REPLY:
        return compose(template, facts, bodies=bodies_of(organ))
    frame = get_wording(ctx.session, FRAME_KEY, day, organ.id).template
    return compose_reply(frame, [ReplyPart(template)], facts, bodies=bodies_of(organ), on=day)


def _issue(
    ctx: Context,
    organ: Organ,
    wording: Wording,
    document: LetterDocument,
    facts: Mapping[str, str],
    day: date,
    case: Case | None,
) -> Letter:
    require_characters(ctx, document)
    template = wording.template
    issued = document.fill(
        number=draw_document_number(ctx, organ, template, day.year), date=chinese_date(day), seal=organ.name
    )
    letter = Letter(
        case_id=case.id if case else None,
        organ_id=organ.id,
        template_version_id=wording.version_id,
        kind=template.key,
        is_reply=False,
        run=case.run if case else 1,
        status="signed",
        content=document.to_data(),
        values={"facts": {name: facts[name] for name in template.fields if name in facts}},
        text_hash=document.digest(),
        drafted_by_id=ctx.actor.account_id,
        drafted_at=ctx.now,
        signed_by_id=ctx.actor.account_id,
        signed_on=day,
        number=issued.slots.number,
        series=template.series,
        issued_content=issued.to_data(),
        issued_hash=issued.digest(),
    )
    ctx.session.add(letter)
    ctx.session.flush()
    render_after_commit(ctx, letter)
    return letter


def draw_document_number(ctx: Context, organ: Organ, template: LetterTemplate, year: int) -> str:
    """The next 发文字号 of the document's series; a rollback gives it back."""
    serial = draw_number(ctx.session, organ.id, template.series, year)
    return document_number(f"{organ.number_prefix}{template.number_suffix}", year, serial)


def require_characters(ctx: Context, document: LetterDocument) -> None:
    """Raise ``Missing`` naming the characters that would print as empty boxes."""
    lacking = ctx.adapters.renderer.missing_characters(document)
    if lacking:
        shown = "、".join(f"{c}（U+{ord(c):04X}）" for c in lacking[:12])
        raise Missing([f"{N_('字体中没有的字')}：{shown}"])
