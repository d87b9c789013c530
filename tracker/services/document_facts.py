"""What is on record beside the case itself, as a document of the file says it: searches, reviews, an earlier letter."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.standalone_documents import About, StandaloneDocument
from tracker.models import Case, Letter, SearchRecord
from tracker.services.context import Context
from tracker.services.letter_forms import TO_BE_SIGNED, sheet_facts


def facts_about(
    ctx: Context, case: Case, document: StandaloneDocument, letter: Letter | None
) -> dict[str, str]:
    """Facts from records and from the letter spoken of; what is not known is left out."""
    if document.key == "search_record":
        return _searches(ctx, case)
    if document.about is About.REPLY and letter is not None:
        facts = sheet_facts(ctx, case, letter)
        return facts | {"review_opinion": facts["review_opinion"] or TO_BE_SIGNED}
    if letter is not None:
        return _letter(letter) | _given_out(letter)
    return {}


def _searches(ctx: Context, case: Case) -> dict[str, str]:
    """All searches of the case in one record: the days and the people each once, in order."""
    rows = ctx.session.scalars(
        select(SearchRecord).where(SearchRecord.case_id == case.id).order_by(SearchRecord.id)
    ).all()
    return {
        "search_on": "、".join(dict.fromkeys(chinese_date(r.searched_on) for r in rows)),
        "search_by": "、".join(dict.fromkeys(r.searched_by for r in rows)),
        "search_result": "\n".join(r.result or ("检索到" if r.found else "未检索到") for r in rows),
    }


def _letter(letter: Letter) -> dict[str, str]:
    content = letter.issued_content or letter.content or {}
    facts = {
        "served_title": content.get("title", ""),
        "served_number": letter.number or "",
        "earlier_number": letter.number or "",
        "earlier_on": chinese_date(letter.signed_on) if letter.signed_on else "",
    }
    return {name: value for name, value in facts.items() if value}


def _given_out(letter: Letter) -> dict[str, str]:
    """What a reply gave out, in the words of its grounds; only a proposal, which the handler may restate."""
    parts = (letter.values or {}).get("parts", ())
    grounds = [part.get("grounds", {}) for part in parts]

    def told(*names: str) -> str:
        return "\n".join(g[name] for g in grounds for name in names if g.get(name))

    facts = {
        "supply_items": told("disclosed_content", "open_part"),
        "supply_how": told("supply_how"),
        "severed_parts": told("refused_part"),
    }
    return {name: value for name, value in facts.items() if value}
