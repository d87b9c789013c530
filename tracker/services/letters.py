"""拟稿: what is answered to each item, on which grounds, in which words; the letter follows by composing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.composition import ReplyPart, compose_reply
from tracker.domain.dispositions import ROW_OF_TEMPLATE, Disposition, missing_needs, needs_of, resolve
from tracker.domain.errors import Conflict, Invalid, Missing, NotFound, NotLawfulNow, TrackerError
from tracker.domain.letter_attachments import without_pages
from tracker.domain.letter_document import LetterDocument, clean
from tracker.domain.letter_template import LetterTemplate, TemplateKind, fields_in
from tracker.domain.merge_fields import FIELDS, Source
from tracker.domain.remedies import RemedyBodies
from tracker.domain.stages import Stage, stage_of
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, CaseItem, Letter
from tracker.queries.case_log import read_log
from tracker.queries.letter_templates import Wording, get_wording_version, library
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.draft_comments import deal_with
from tracker.services.letter_facts import bodies_of, case_facts, needs_held
from tracker.services.notices import FRAME_KEY

OPEN_STATUSES = ("draft", "submitted", "returned", "approved")
BLANK = "（待填写：%s）"


@dataclass(frozen=True, slots=True)
class DraftPart:
    """How one item is answered: the letter's template, the grounds stated, and for 部分公开 the template of the ground
    on which the other part is refused."""

    template: str
    item: str = ""
    grounds: Mapping[str, str] = field(default_factory=dict)
    refused_under: str = ""

    @property
    def outcome(self) -> Disposition:
        return ROW_OF_TEMPLATE[self.template].code


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the drafter decides. ``texts`` are rewordings of free paragraphs by block key; ``attachments`` are
    named with their pages."""

    parts: Sequence[DraftPart]
    texts: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[str] = ()

    @property
    def outcome(self) -> Disposition:
        """The row the case will count in."""
        return resolve([part.outcome for part in self.parts])

    def to_values(self) -> dict[str, Any]:
        """Plain data for storage."""
        return {
            "parts": [
                {
                    "template": p.template,
                    "item": p.item,
                    "grounds": dict(p.grounds),
                    "refused_under": p.refused_under,
                }
                for p in self.parts
            ],
            "texts": dict(self.texts),
            "attachments": list(self.attachments),
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Draft:
        """A stored draft."""
        return cls(
            tuple(DraftPart(**p) for p in values["parts"]), values["texts"], tuple(values["attachments"])
        )


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft put into words: the document, what it still lacks, and the wording versions it was made from."""

    document: LetterDocument
    missing: tuple[str, ...]
    versions: Mapping[str, int]
    version_id: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored draft: its letter, what is still missing, whether an approval fell by the edit."""

    letter_id: int
    version: int
    missing: tuple[str, ...]
    approval_voided: bool


def save_draft(
    ctx: Context,
    case_id: int,
    draft: Draft,
    *,
    letter_id: int | None,
    expected_version: int | None,
    renew: bool = False,
    dealt_with: Collection[int] = (),
) -> Saved:
    """Store the draft reply; an unfinished one too, with its gaps named in the text.

    ``expected_version`` is the letter's (the case's for a new draft). A stored draft keeps the wording versions it was
    written from; with ``renew`` it takes those in force today. ``dealt_with``: comments of the reviewer the drafter
    has dealt with. A changed text voids review and approval that stood on the old one. Raises ``Conflict`` when
    somebody saved in between, ``Invalid`` for unknown outcomes, ``NotLawfulNow`` when no reply may be drafted.
    """
    require_known(draft)
    with acting(ctx, case_id, Action.DRAFT, expected_version if letter_id is None else None) as case:
        letter = _letter_to_write(ctx, case, letter_id, expected_version)
        composed = compose_draft(ctx, case, draft, {} if renew else versions_of(letter))
        deal_with(ctx, letter, dealt_with)
        changed = letter.text_hash != composed.text_hash
        voided = changed and _void_decisions(ctx, letter)
        _write(ctx, case, letter, draft, composed)
        if changed:
            letter.status = "draft"
        ctx.session.flush()
        if letter.status == "draft" and stage_of(read_log(ctx.session, case.id)) is not Stage.DRAFTING:
            details = {"letter_id": letter.id, "voided": voided}
            append(ctx, case, NewEntry(EntryType.DRAFTED, ctx.today, details))
        ctx.session.flush()
        return Saved(letter.id, letter.version_id, lacking_for(ctx, case, draft, composed), voided)


def versions_of(letter: Letter) -> Mapping[str, int]:
    """Which version of which document a stored draft was written from."""
    versions: Mapping[str, int] = (letter.values or {}).get("versions", {})
    return versions


def wordings_for(ctx: Context, case: Case, kept: Mapping[str, int]) -> dict[str, Wording]:
    """The library as the organ uses it today, with the versions a draft has kept in place of today's."""
    known = dict(library(ctx.session, ctx.today, case.organ_id))
    return known | {key: get_wording_version(ctx.session, version) for key, version in kept.items()}


def superseded(ctx: Context, case: Case, letter: Letter) -> tuple[tuple[Wording, Wording | None], ...]:
    """Wordings a draft was written from that are no longer in use, each with the one used now."""
    now = library(ctx.session, ctx.today, case.organ_id)
    return tuple(
        (get_wording_version(ctx.session, version), now.get(key))
        for key, version in versions_of(letter).items()
        if key not in now or now[key].version_id != version
    )


def compose_draft(ctx: Context, case: Case, draft: Draft, kept: Mapping[str, int] | None = None) -> Composed:
    """The draft as a document. What lacks stands in the text as （待填写：…）, so that no word typed is ever lost.

    ``kept`` are the wording versions it was written from before; other documents are taken as in use today.
    """
    wordings = wordings_for(ctx, case, kept or {})
    if FRAME_KEY not in wordings:
        raise NotFound(N_("没有找到“%(key)s”的标准文书，请先由管理员载入标准文书。"), key=FRAME_KEY)
    frame = wordings[FRAME_KEY]
    shared = case_facts(ctx.session, case)
    parts, missing = [], []
    for part in draft.parts:
        made, lacking = _reply_part(part, wordings, shared)
        parts.append(made)
        missing += lacking
    known, lacking = _with_blanks(frame.template.required, shared)
    bodies, unknown = _bodies_with_blanks(case)
    missing += [*lacking, *unknown]
    used = {part.template for part in draft.parts} | {p.refused_under for p in draft.parts if p.refused_under}
    document = compose_reply(
        frame.template,
        parts,
        known,
        bodies=bodies,
        on=ctx.today,
        attachments=[a for a in draft.attachments if a.strip()],
    ).with_texts(draft.texts)
    return Composed(
        document,
        tuple(dict.fromkeys(missing)),
        {key: wordings[key].version_id for key in sorted(used)} | {FRAME_KEY: frame.version_id},
        wordings[draft.parts[0].template].version_id,
        document.digest(),
    )


def lacking_for(ctx: Context, case: Case, draft: Draft, composed: Composed) -> tuple[str, ...]:
    """Everything that stands between this draft and its sign-off: facts, records, characters no font has."""
    refused = [ROW_OF_TEMPLATE[p.refused_under].code for p in draft.parts if p.refused_under]
    needs = needs_of([p.template for p in draft.parts], refused)
    found = [*composed.missing, *missing_needs(needs, needs_held(ctx.session, case))]
    found += [
        f"{N_('附件的页数')}：{line}"
        for line in without_pages([clean(a, one_line=True) for a in draft.attachments])
    ]
    characters = ctx.adapters.renderer.missing_characters(composed.document)
    if characters:
        found.append(f"{N_('字体中没有的字')}：{'、'.join(characters[:12])}")
    return tuple(found)


def require_ready(ctx: Context, case: Case, letter: Letter) -> Draft:
    """The stored draft, when nothing it needs is missing and its text is what the hash says.

    Raises ``Missing`` naming each gap, ``NotLawfulNow`` when wording or facts changed since it was saved.
    """
    draft = Draft.from_values(letter.values)
    composed = compose_draft(ctx, case, draft, versions_of(letter))
    lacking = lacking_for(ctx, case, draft, composed)
    if lacking:
        raise Missing(lacking)
    if composed.text_hash != letter.text_hash:
        raise NotLawfulNow(
            N_(
                "拟稿后登记的事实或者标准文书有变化，答复书文字随之不同。请打开拟稿页核对并重新保存，再提交审查。"
            )
        )
    return draft


def require_letter_version(letter: Letter, expected: int | None) -> None:
    """Raise ``Conflict`` when the letter was changed since the page was drawn."""
    if expected is not None and letter.version_id != expected:
        raise Conflict(N_("这份公文刚被他人更新，请核对最新内容后再提交；您填写的内容已保留。"))


def require_known(draft: Draft) -> None:
    """Raise ``Invalid`` for a draft without outcomes or with one that is not in the table."""
    if not draft.parts:
        raise Invalid({"parts": [N_("请至少选择一项办理结果。")]})
    for n, part in enumerate(draft.parts):
        if part.template not in ROW_OF_TEMPLATE:
            raise Invalid({f"parts-{n}-template": [N_("请选择办理结果。")]})
        if part.outcome is Disposition.PARTLY_DISCLOSED and part.refused_under not in ROW_OF_TEMPLATE:
            raise Invalid({f"parts-{n}-refused_under": [N_("请选择不予公开部分的依据。")]})
        if len(draft.parts) > 1 and not part.item.strip():
            raise Invalid(
                {f"parts-{n}-item": [TrackerError(N_("请写明第 %(n)d 项是哪一项申请内容。"), n=n + 1)]}
            )


def grounds_of(template: LetterTemplate, refused: LetterTemplate | None = None) -> tuple[str, ...]:
    """Fields of a template that the drafter states or may restate, in the order the letter uses them."""
    names = [*template.fields, *(fields_in(refused.refusal_clause) if refused else ())]
    own = (Source.GROUND, Source.RECORD)
    return tuple(n for n in dict.fromkeys(names) if FIELDS[n].source in own and n != "refusal_clause")


def find_open_reply(ctx: Context, case: Case) -> Letter | None:
    """The reply being written in the present run of the case, or None."""
    return ctx.session.scalar(
        select(Letter)
        .where(
            Letter.case_id == case.id,
            Letter.is_reply,
            Letter.run == case.run,
            Letter.status.in_(OPEN_STATUSES),
        )
        .order_by(Letter.id.desc())
        .limit(1)
    )


def find_voided_reply(ctx: Context, case: Case) -> Letter | None:
    """The last reply of the present run that was voided, while no other has been written since."""
    last = ctx.session.scalar(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.is_reply, Letter.run == case.run)
        .order_by(Letter.id.desc())
        .limit(1)
    )
    return last if last is not None and last.status == "voided" and "parts" in (last.values or {}) else None


def _letter_to_write(ctx: Context, case: Case, letter_id: int | None, expected: int | None) -> Letter:
    current = find_open_reply(ctx, case)
    if letter_id is None:
        if current is not None:
            raise Conflict(N_("这件申请已有一份答复稿，请打开后修改；您填写的内容已保留。"))
        letter = Letter(
            case_id=case.id,
            organ_id=case.organ_id,
            kind="reply",
            is_reply=True,
            run=case.run,
            status="draft",
            drafted_by_id=ctx.actor.account_id,
            drafted_at=ctx.now,
        )
        ctx.session.add(letter)
        return letter
    if current is None or current.id != letter_id:
        raise NotLawfulNow(N_("这份答复书已经签发或者作废，不能再修改。"))
    require_letter_version(current, expected)
    return current


def _void_decisions(ctx: Context, letter: Letter) -> bool:
    """Decisions on the old text are worthless for the new one; whether there were any that still stood."""
    standing = [r for r in letter.reviews if r.voided_at is None and r.verdict == "approved"]
    for review in standing:
        review.voided_at = ctx.now
    letter.submitted_at = None
    return bool(standing) or letter.status in ("submitted", "approved")


def amend(ctx: Context, case: Case, letter: Letter, texts: Mapping[str, str]) -> bool:
    """Put a reviewer's words into free paragraphs of a draft under review; whether the text is another one then.

    Whoever amends is noted, and does not sign the letter. Raises ``Missing`` or ``NotLawfulNow`` as ``require_ready``.
    """
    draft = require_ready(ctx, case, letter)
    draft = replace(draft, texts={**draft.texts, **texts})
    composed = compose_draft(ctx, case, draft, versions_of(letter))
    if composed.text_hash == letter.text_hash:
        return False
    lacking = lacking_for(ctx, case, draft, composed)
    if lacking:
        raise Missing(lacking)
    _write(ctx, case, letter, draft, composed, amended=True)
    return True


def _write(
    ctx: Context, case: Case, letter: Letter, draft: Draft, composed: Composed, *, amended: bool = False
) -> None:
    kept = letter.values or {}
    hands = {name: {*kept.get(name, ())} for name in ("writers", "amended_by")}
    hands["amended_by" if amended else "writers"].add(ctx.actor.account_id)
    letter.kind = draft.parts[0].template if len(draft.parts) == 1 else FRAME_KEY
    letter.content = composed.document.to_data()
    letter.text_hash = composed.text_hash
    letter.template_version_id = composed.version_id
    letter.values = draft.to_values() | {
        "versions": dict(composed.versions),
        "disposition": str(draft.outcome),
        **{name: sorted(people - {None}) for name, people in hands.items()},
        "revision": kept.get("revision", 0) + 1,
    }
    _write_items(ctx, case, draft)


def _write_items(ctx: Context, case: Case, draft: Draft) -> None:
    """Items of the request follow the draft: what each was, how it is answered."""
    stored = {i.position: i for i in ctx.session.scalars(select(CaseItem).where(CaseItem.case_id == case.id))}
    for n, part in enumerate(draft.parts, start=1):
        item = stored.pop(n, None)
        if item is None:
            item = CaseItem(case_id=case.id, position=n, description="")
            ctx.session.add(item)
        item.description = clean(part.item, one_line=True) or case.description
        item.disposition = str(part.outcome)
        item.grounds = {**part.grounds, "template": part.template, "refused_under": part.refused_under}
    for left in stored.values():
        ctx.session.delete(left)


def _reply_part(
    part: DraftPart, wordings: Mapping[str, Wording], shared: Mapping[str, str]
) -> tuple[ReplyPart, list[str]]:
    template = wordings[part.template].template
    refused = wordings[part.refused_under].template if part.refused_under else None
    if template.kind is not TemplateKind.REPLY:
        raise Invalid({"parts": [N_("请选择办理结果。")]})
    grounds = {n: v for n, v in part.grounds.items() if n in grounds_of(template, refused) and v.strip()}
    required = [*template.required, *(fields_in(refused.refusal_clause) if refused else ())]
    required = [name for name in required if name != "refusal_clause"]
    known, missing = _with_blanks(required, {**shared, **grounds})
    own = {n: v for n, v in known.items() if n in template.fields or n in required}
    if refused is None and "refusal_clause" in template.required:
        own["refusal_clause"] = BLANK % FIELDS["refusal_clause"].label
        missing.append(FIELDS["refusal_clause"].label)
    return ReplyPart(template, own, part.item, refused), missing


def _bodies_with_blanks(case: Case) -> tuple[RemedyBodies, tuple[str, ...]]:
    bodies = bodies_of(case.organ)
    try:
        return bodies.require(), ()
    except Missing as error:
        reviewing = bodies.reviewing_organ or BLANK % N_("行政复议机关")
        court = bodies.court or BLANK % N_("管辖法院")
        return RemedyBodies(reviewing, court, bodies.alternative_reviewing_organ), error.facts


def _with_blanks(required: Sequence[str], facts: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    lacking = [name for name in required if not facts.get(name)]
    return {**facts, **{n: BLANK % FIELDS[n].label for n in lacking}}, [FIELDS[n].label for n in lacking]
