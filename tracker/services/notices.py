"""Procedural notices (补正、延期、征求意见、收费 …): issued by the act that needs them, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.errors import Missing
from tracker.domain.letter_document import LetterDocument
from tracker.domain.letter_template import LetterTemplate, TemplateKind
from tracker.domain.numbering import document_number
from tracker.domain.vocabulary import N_
from tracker.models import Case, Letter, Organ
from tracker.queries.letter_templates import Wording, get_wording
from tracker.services.context import Context
from tracker.services.letter_facts import bodies_of, case_facts, organ_facts
from tracker.services.numbers import draw_number
from tracker.services.rendering import render_after_commit

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
        ctx,
        case.organ,
        wording,
        compose_notice(ctx, case.organ, wording.template, known, day),
        known,
        day,
        case,
    )


def issue_mail_notice(
    ctx: Context, organ: Organ, facts: Mapping[str, str], *, on: date | None = None
) -> Letter:
    """误投转交函: the one document that belongs to no case. Same rules as ``issue_notice``."""
    day = on or ctx.today
    wording = get_wording(ctx.session, "forwarding", day, organ.id)
    known = organ_facts(organ) | {name: value for name, value in facts.items() if value}
    return _issue(
        ctx, organ, wording, compose_notice(ctx, organ, wording.template, known, day), known, day, None
    )


def compose_notice(
    ctx: Context, organ: Organ, template: LetterTemplate, facts: Mapping[str, str], day: date
) -> LetterDocument:
    """The document from the facts; a reply told by itself stands in the frame of replies. Raises ``Missing``."""
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
