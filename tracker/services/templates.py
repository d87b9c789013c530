"""Standard wordings become versions: what was in force stays readable, what is shipped anew becomes the next one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, select

from tracker.adapters.shipped_letters import read_shipped_letters
from tracker.domain.letter_template import parse_template
from tracker.domain.vocabulary import N_
from tracker.models import LetterTemplate, LetterTemplateVersion, WordingDraft
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction
from tracker.services.wordings import OPEN

FIRST_IN_FORCE = date(2019, 5, 15)
"""The day the 条例 in its present text came into force: the shipped wording cites nothing older."""


def load_shipped_templates(ctx: Context, sources: Mapping[str, str] | None = None) -> int:
    """Store the shipped wording: new documents as version 1, changed ones as their next version from today.

    Where the district has a wording of its own the shipped one becomes a draft, never what is in force. Returns how
    many versions and drafts were added; run again it adds none. Raises ``Invalid`` for a wording that is malformed.
    """
    with transaction(ctx) as session:
        stored = {t.key: t for t in session.scalars(select(LetterTemplate))}
        added = 0
        for key, source in (read_shipped_letters() if sources is None else sources).items():
            wording = parse_template(source)
            template = stored.get(key)
            if template is None:
                template = LetterTemplate(key=key, title=wording.name)
                session.add(template)
                session.flush()
            added += _add_version(ctx, template, source)
        session.flush()
        return added


def _own_of_the_district(template: LetterTemplate) -> Select[int]:
    return (
        select(WordingDraft.id)
        .where(WordingDraft.template_id == template.id, WordingDraft.organ_id.is_(None))
        .where(WordingDraft.status == "approved")
        .limit(1)
    )


def _add_draft(ctx: Context, template: LetterTemplate, source: str) -> int:
    drafts = ctx.session.scalars(
        select(WordingDraft).where(WordingDraft.template_id == template.id, WordingDraft.organ_id.is_(None))
    ).all()
    if any(d.source == source or d.status in OPEN for d in drafts):
        return 0
    ctx.session.add(
        WordingDraft(
            template_id=template.id,
            source=source,
            reason=N_("随系统更新提供的文字，供核对采用。"),
            in_force_from=ctx.today,
            status="draft",
            drafted_by_id=ctx.actor.account_id,
            drafted_at=ctx.now,
        )
    )
    return 1


def _add_version(ctx: Context, template: LetterTemplate, source: str) -> int:
    digest = hashlib.sha256(source.encode()).hexdigest()
    if any(version.source_hash == digest for version in template.versions):
        return 0
    if ctx.session.scalar(_own_of_the_district(template)) is not None:
        return _add_draft(ctx, template, source)
    number = len(template.versions) + 1
    template.versions.append(
        LetterTemplateVersion(
            number=number,
            source=source,
            source_hash=digest,
            in_force_from=FIRST_IN_FORCE if number == 1 else ctx.today,
            loaded_at=ctx.now,
        )
    )
    return 1
