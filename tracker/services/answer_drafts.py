"""答复书、答辩状 with its list of evidence: opened, saved as a new version, reviewed by the legal advisor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from tracker.domain.answer_draft import LONGEST_SECTION, Section, first_draft
from tracker.domain.bundle_facts import BundleFacts
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.evidence_bundle import Bundle
from tracker.domain.exhibit_marks import mark_numbers
from tracker.domain.exhibits import ChosenExhibit, clean_choice, listed, usual_choice
from tracker.domain.letter_document import clean
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import AnswerDraft
from tracker.queries.answer_drafts import DraftVersion, list_draft_versions
from tracker.queries.bundles import get_challenge, read_bundle_facts
from tracker.services.context import Context
from tracker.services.personal_data import note_reading
from tracker.services.unit_of_work import transaction

MOST_EXHIBITS = 200


@dataclass(frozen=True, slots=True)
class OpenBundle:
    """A bundle to look at or work on: ``shown`` is the version it stands on, None while nothing was saved;
    ``choice`` the list as it was set, ``lost`` the names of pieces that are no longer there."""

    bundle: Bundle
    versions: Sequence[DraftVersion]
    shown: DraftVersion | None
    choice: tuple[ChosenExhibit, ...]

    @property
    def number(self) -> int:
        """Of the newest version; 0 while there is none."""
        return self.versions[0].number if self.versions else 0

    @property
    def lost(self) -> tuple[str, ...]:
        """Names of pieces chosen once that are no longer in the file."""
        there = {exhibit.key for exhibit in self.bundle.facts.exhibits}
        return tuple(chosen.name for chosen in self.choice if chosen.key not in there)


def open_bundle(
    ctx: Context, challenge_id: int, *, why: str, number: int | None = None, each: bool = False
) -> OpenBundle:
    """The bundle as it stands, or on an earlier version. Who looks is recorded: once a day, with ``each`` every time.

    Raises ``NotFound`` for a stranger or a version that never was, ``Forbidden`` for who may not see people in full.
    """
    challenge, case = get_challenge(ctx.session, ctx.actor, challenge_id)
    if note_reading(ctx, case.id, "evidence_bundle", why, each=each):
        challenge, case = get_challenge(ctx.session, ctx.actor, challenge_id)
    facts = read_bundle_facts(ctx.session, challenge, case, ctx.today)
    return bundle_of(facts, list_draft_versions(ctx.session, challenge_id), number)


def open_for_review(ctx: Context, challenge_id: int) -> OpenBundle:
    """The newest version as the legal advisor reads it: names of people masked as on the page of the case.

    Raises ``NotFound`` for a stranger, ``Forbidden`` for who does not review for the organ.
    """
    challenge, case = get_challenge(ctx.session, ctx.actor, challenge_id, Permission.LETTER_REVIEW)
    facts = read_bundle_facts(ctx.session, challenge, case, ctx.today)
    opened = bundle_of(facts, list_draft_versions(ctx.session, challenge_id))
    texts = {section: _masked(text, facts) for section, text in opened.bundle.texts.items()}
    return replace(opened, bundle=replace(opened.bundle, texts=texts))


def _masked(text: str, facts: BundleFacts) -> str:
    for name, shown in sorted(facts.parties.masks, key=lambda pair: -len(pair[0])):
        text = text.replace(name, shown)
    return text


def bundle_of(facts: BundleFacts, versions: Sequence[DraftVersion], number: int | None = None) -> OpenBundle:
    """Facts and versions put together. Raises ``NotFound`` for a version that never was."""
    shown = versions[0] if versions else None
    if number is not None:
        shown = next((version for version in versions if version.number == number), None)
        if shown is None:
            raise NotFound(N_("没有找到这一版底稿。"))
    texts = shown.texts if shown is not None else first_draft(facts)
    choice = shown.choice if shown is not None else usual_choice(facts.exhibits)
    return OpenBundle(Bundle(facts, texts, listed(choice, facts.exhibits)), versions, shown, choice)


@dataclass(frozen=True, slots=True)
class Redrafted:
    """What somebody saves. ``numbered``: keys of the list by which the numbers in the texts were written."""

    texts: Mapping[Section, str]
    choice: Sequence[ChosenExhibit]
    numbered: Sequence[str]


def save_draft(ctx: Context, challenge_id: int, made: Redrafted, *, expected_number: int) -> int:
    """保存: a new version; its number. ``expected_number``: of the newest version on the page, 0 where there was none.

    Raises ``Conflict`` when somebody saved another meanwhile, ``Invalid`` for an empty paper, a text too long or a
    piece that is not of this case. Earlier versions stay as they are.
    """
    with transaction(ctx) as session:
        challenge, case = get_challenge(
            session, ctx.actor, challenge_id, Permission.CHALLENGE_HANDLE, lock=True
        )
        last = session.scalar(
            select(func.max(AnswerDraft.number)).where(AnswerDraft.challenge_id == challenge_id)
        )
        if (last or 0) != expected_number:
            raise Conflict(N_("这份底稿刚被他人保存了新的一版，请核对后再保存；您填写的内容已保留。"))
        facts = read_bundle_facts(session, challenge, case, ctx.today)
        choice = clean_choice(made.choice)
        _require_sound(facts, made, choice)
        texts = {
            str(section): mark_numbers(clean(made.texts.get(section, "")), made.numbered)
            for section in Section
        }
        session.add(
            AnswerDraft(
                challenge_id=challenge_id,
                number=(last or 0) + 1,
                texts=texts,
                exhibits=[[one.key, one.name, one.proves] for one in choice],
                saved_by_id=ctx.actor.account_id,
                saved_at=ctx.now,
            )
        )
        return (last or 0) + 1


def review_draft(ctx: Context, challenge_id: int, *, number: int, approved: bool, opinion: str) -> None:
    """法律顾问审查意见 on one version: bound to it, worth nothing for the next.

    Raises ``Conflict`` when a newer version was saved meanwhile, ``NotLawfulNow`` when it has an opinion already,
    ``Forbidden`` for who saved it, ``Invalid`` when it goes back without a word.
    """
    with transaction(ctx) as session:
        get_challenge(session, ctx.actor, challenge_id, Permission.LETTER_REVIEW, lock=True)
        row = session.scalar(
            select(AnswerDraft)
            .where(AnswerDraft.challenge_id == challenge_id)
            .order_by(AnswerDraft.number.desc())
            .limit(1)
        )
        if row is None or row.number != number:
            raise Conflict(N_("底稿已有新的一版，请核对最新的一版后再提意见；您填写的内容已保留。"))
        if row.verdict is not None:
            raise NotLawfulNow(N_("这一版已经有审查意见。"))
        if row.saved_by_id == ctx.actor.account_id:
            raise Forbidden(N_("保存这一版的人不能审查自己的底稿。"))
        if not approved and not opinion.strip():
            raise Invalid({"opinion": [N_("请写明需要修改之处，拟稿人会看到。")]})
        row.verdict = "approved" if approved else "returned"
        row.opinion = clean(opinion) or None
        row.reviewed_by_id, row.reviewed_at = ctx.actor.account_id, ctx.now


def _require_sound(facts: BundleFacts, made: Redrafted, choice: Sequence[ChosenExhibit]) -> None:
    wrong: dict[str, list[TrackerError | str]] = {}
    if not any(clean(made.texts.get(section, "")) for section in Section):
        wrong["facts"] = [N_("底稿不能全部为空。")]
    for section in Section:
        if len(made.texts.get(section, "")) > LONGEST_SECTION:
            wrong[str(section)] = [
                TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_SECTION)
            ]
    there = {exhibit.key for exhibit in facts.exhibits}
    if len(choice) > MOST_EXHIBITS or any(chosen.key not in there for chosen in choice):
        wrong[""] = [N_("有的证据已经不在案卷里，请刷新页面后重新选择。")]
    if wrong:
        raise Invalid(wrong)
