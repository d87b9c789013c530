"""制发文书: documents of a case that move no clock, made at the stage where each is lawful, from what is on record and
what the handler states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.dispositions import DISCLOSING, Disposition
from tracker.domain.errors import Invalid, Missing, NotFound, NotLawfulNow
from tracker.domain.letter_document import LetterDocument
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.standalone_documents import (
    DOCUMENT_OF,
    FOR_THE_FILE,
    STANDALONE,
    About,
    StandaloneDocument,
    missing_for,
)
from tracker.domain.vocabulary import N_
from tracker.models import Case, Letter
from tracker.queries.letter_templates import Wording, get_wording, library
from tracker.queries.scope import get_case
from tracker.services.case_record import NewEntry, append, require_version
from tracker.services.context import Context
from tracker.services.document_facts import facts_about
from tracker.services.letter_facts import case_facts, needs_held
from tracker.services.letters import OPEN_STATUSES, grounds_of
from tracker.services.notices import compose_notice, issue_notice, require_characters
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class Offered:
    """One document as the handler finds it: possible now, or what is missing."""

    document: StandaloneDocument
    template: LetterTemplate
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """What it became: issued under a number, or handed to whoever signs (``number`` empty)."""

    letter_id: int
    number: str
    title: str


def offered_documents(ctx: Context, case: Case) -> Sequence[Offered]:
    """Every document, in the order in which a file comes to need them."""
    wordings = library(ctx.session, ctx.today, case.organ_id)
    held, stage = needs_held(ctx.session, case), Stage(case.stage)
    return [
        Offered(
            document,
            wordings[document.key].template,
            missing_for(document, stage, held) or _without_letter(ctx, case, document),
        )
        for document in STANDALONE
        if document.key in wordings
    ]


def letters_spoken_of(ctx: Context, case: Case, document: StandaloneDocument) -> Sequence[Letter]:
    """Letters the document may be about, the newest first."""
    if document.about is About.NONE:
        return ()
    issued = ("signed", "historic")
    statuses = (*OPEN_STATUSES, *issued) if document.about is About.REPLY else issued
    query = select(Letter).where(Letter.case_id == case.id, Letter.status.in_(statuses))
    if document.about is About.LETTER:
        query = query.where(Letter.kind.not_in(sorted(FOR_THE_FILE | {document.key})))
    else:
        query = query.where(Letter.is_reply)
    if document.about is not About.REPLY:
        query = query.where(Letter.number.is_not(None), Letter.signed_on.is_not(None))
    found = ctx.session.scalars(query.order_by(Letter.id.desc())).all()
    return [letter for letter in found if not document.discloses or _discloses(letter)]


def known_facts(
    ctx: Context, case: Case, document: StandaloneDocument, letter: Letter | None
) -> dict[str, str]:
    """What is on record for this document; what the handler may restate is among it."""
    known = {"handler": ctx.actor.name} | case_facts(ctx.session, case)
    return known | facts_about(ctx, case, document, letter)


def asked_of_the_handler(document: StandaloneDocument, template: LetterTemplate) -> tuple[str, ...]:
    """Fields the handler states: what the record or the letter spoken of says by itself is not asked again."""
    return tuple(name for name in grounds_of(template) if name not in _TOLD_BY[document.about])


_BY_LETTER = frozenset({"served_title", "served_number", "earlier_on", "earlier_number"})
_TOLD_BY: dict[About, frozenset[str]] = {
    About.NONE: frozenset({"search_places", "search_keywords", "search_on", "search_by", "search_result"}),
    About.REPLY: frozenset({"review_opinion", "approval_opinion", "secrecy_opinion", "drafted_on"}),
    About.ISSUED: _BY_LETTER,
    About.LETTER: _BY_LETTER,
}


def make_document(
    ctx: Context,
    case_id: int,
    key: str,
    facts: Mapping[str, str],
    *,
    about_id: int | None = None,
    expected_version: int | None,
) -> MadeDocument:
    """制发: numbered, dated and frozen now, and noted in the log; one that decides goes to whoever signs first.

    ``about_id``: the letter it speaks of, the newest by default. Raises ``NotLawfulNow`` at another stage
    and for documents that an act of the workflow issues itself, ``Missing`` naming records, facts, remedy bodies or
    characters that lack.
    """
    document = DOCUMENT_OF.get(key)
    if document is None:
        raise NotLawfulNow(N_("这份文书由相应的办理操作一并制发，请从案件页的操作进入。"))
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.LETTER_DRAFT, lock=True)
        require_version(case, expected_version)
        about = require_lawful(ctx, case, document, about_id)
        known = known_facts(ctx, case, document, about) | {n: v for n, v in facts.items() if v}
        title = get_wording(session, key, ctx.today, case.organ_id).template.title
        if document.decides:
            letter = _hand_in(ctx, case, key, known, about)
            text = f"提请签发《{title}》"
            append(ctx, case, NewEntry(EntryType.NOTE_ADDED, ctx.today, {"letter_id": letter.id}, text))
        else:
            letter = issue_notice(ctx, case, key, known)
            details = {"letter_id": letter.id, "template": key}
            append(ctx, case, NewEntry(EntryType.NOTICE_ISSUED, ctx.today, details))
        return MadeDocument(letter.id, letter.number or "", title)


def require_lawful(
    ctx: Context, case: Case, document: StandaloneDocument, about_id: int | None = None
) -> Letter | None:
    """The letter it speaks of (None for none), when the document is lawful now. Raises ``NotLawfulNow`` at another
    stage, ``Missing``, ``Invalid``."""
    if Stage(case.stage) not in document.stages:
        raise NotLawfulNow(N_("这份文书只能在%(when)s制发。"), when=document.when)
    lacking = missing_for(document, Stage(case.stage), needs_held(ctx.session, case))
    lacking = lacking or _without_letter(ctx, case, document)
    if lacking:
        raise Missing(lacking)
    return spoken_of(ctx, case, document, about_id)


def spoken_of(ctx: Context, case: Case, document: StandaloneDocument, about_id: int | None) -> Letter | None:
    """The letter chosen, else the newest one it may be about. Raises ``Invalid`` for one it may not be about."""
    letters = letters_spoken_of(ctx, case, document)
    if about_id is None:
        return letters[0] if letters else None
    found = next((letter for letter in letters if letter.id == about_id), None)
    if found is None:
        raise Invalid({"about": [N_("请选择本案已经发出的公文。")]})
    return found


def find_returned(ctx: Context, case: Case, key: str) -> Letter | None:
    """The last document of this kind if whoever signs sent it back: its facts are where the next one begins."""
    last = ctx.session.scalar(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.kind == key, ~Letter.is_reply)
        .order_by(Letter.id.desc())
        .limit(1)
    )
    return last if last is not None and last.status == "returned" else None


def _without_letter(ctx: Context, case: Case, document: StandaloneDocument) -> tuple[str, ...]:
    if document.about is About.NONE or letters_spoken_of(ctx, case, document):
        return ()
    return (N_("提供政府信息的答复书") if document.discloses else _LETTER_NAMES[document.about],)


_LETTER_NAMES = {
    About.REPLY: N_("答复书"),
    About.ISSUED: N_("已经签发的答复书"),
    About.LETTER: N_("已经制发的公文"),
}


def _discloses(letter: Letter) -> bool:
    outcome = (letter.values or {}).get("disposition")
    return outcome in set(DISCLOSING) or outcome is None and letter.status == "historic"


def _hand_in(ctx: Context, case: Case, key: str, known: Mapping[str, str], about: Letter | None) -> Letter:
    """A document that decides, complete but for its slots, waiting for whoever signs."""
    waiting = select(Letter.id).where(
        Letter.case_id == case.id, Letter.kind == key, Letter.status == "approved", ~Letter.is_reply
    )
    if ctx.session.scalar(waiting.limit(1)) is not None:
        raise NotLawfulNow(N_("已有一份同样的文书等待签发，请先签发或者退回。"))
    wording: Wording = get_wording(ctx.session, key, ctx.today, case.organ_id)
    document: LetterDocument = compose_notice(ctx, case.organ, wording.template, known, ctx.today)
    require_characters(ctx, document)
    letter = Letter(
        case_id=case.id,
        organ_id=case.organ_id,
        template_version_id=wording.version_id,
        kind=key,
        is_reply=False,
        run=case.run,
        status="approved",
        content=document.to_data(),
        values={
            "facts": {name: known[name] for name in wording.template.fields if name in known},
            "about_id": about.id if about else None,
        },
        text_hash=document.digest(),
        drafted_by_id=ctx.actor.account_id,
        drafted_at=ctx.now,
        submitted_at=ctx.now,
    )
    ctx.session.add(letter)
    ctx.session.flush()
    return letter


def document_of(letter: Letter) -> StandaloneDocument:
    """What kind of document a letter is. Raises ``NotFound`` for replies and for notices of an act."""
    if letter.is_reply or letter.kind not in DOCUMENT_OF:
        raise NotFound(N_("这份公文不是单独制发的文书。"))
    return DOCUMENT_OF[letter.kind]


def outcome_of(letter: Letter) -> Disposition | None:
    """The outcome a reply tells, where it is known."""
    outcome = (letter.values or {}).get("disposition")
    return Disposition(outcome) if outcome else None
