"""Standard wordings become versions: what was in force stays readable, what is shipped anew becomes the next one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tracker.adapters.shipped_letters import read_shipped_letters
from tracker.domain.letter_template import parse_template
from tracker.models import LetterTemplate, LetterTemplateVersion
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

FIRST_IN_FORCE = date(2019, 5, 15)
"""The day the 条例 in its present text came into force: the shipped wording cites nothing older."""


def load_shipped_templates(ctx: Context, sources: Mapping[str, str] | None = None) -> int:
    """Store the shipped wording: new documents as version 1, changed ones as their next version from today.

    Returns how many versions were added; run again it adds none. Raises ``Invalid`` for a wording that is malformed.
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


def _add_version(ctx: Context, template: LetterTemplate, source: str) -> int:
    digest = hashlib.sha256(source.encode()).hexdigest()
    if any(version.source_hash == digest for version in template.versions):
        return 0
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
