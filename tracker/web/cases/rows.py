"""One case as a row of a list, ready to be written: masked, dated, lit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.masking import mask_name
from tracker.domain.reading import STATE_NAMES
from tracker.domain.stages import STAGE_NAMES
from tracker.queries.case_rows import ApplicantName, CaseRow
from tracker.web.i18n import month_day, tell


@dataclass(frozen=True, slots=True)
class ListRow:
    """``light`` is empty once the reply is out; ``light_text`` says what is waited for where nothing is counted."""

    url: str
    number: str
    organ: str
    applicant: str
    description: str
    stage: str
    handler: str
    received_on: date
    due_on: date | None
    posting_on: date | None
    remaining: int | None
    provisional: bool
    light: str
    light_text: str
    outcome: str
    late: bool
    tags: tuple[str, ...]


def list_row(row: CaseRow) -> ListRow:
    """The row as people read it."""
    return ListRow(
        url=url_for("cases.show", case_id=row.id),
        number=row.number,
        organ=row.organ,
        applicant=masked_applicant(row.applicant),
        description=row.description,
        stage=tell(STAGE_NAMES[row.stage]),
        handler=row.handler or _("未分办"),
        received_on=row.received_on,
        due_on=row.due_on,
        posting_on=row.posting_on,
        remaining=row.remaining,
        provisional=row.provisional and not row.ended,
        light=str(row.light) if row.light else "",
        light_text=tell(STATE_NAMES[row.clock_state]) if row.light and row.due_on is None else "",
        outcome=_outcome(row),
        late=row.light == "red" or row.on_time is False,
        tags=tags_of(row.needs_completion, row.held),
    )


def masked_applicant(applicant: ApplicantName | None) -> str:
    """王＊敏, or 王＊敏等 3 人 for a joint request; — while the request is not filled in."""
    if applicant is None:
        return "—"
    name = mask_name(applicant.name, applicant.legal_kind)
    return _("%(name)s等 %(n)d 人", name=name, n=applicant.others + 1) if applicant.others else name


def _outcome(row: CaseRow) -> str:
    if row.stopped_on is None:
        return ""
    day = month_day(row.stopped_on)
    if row.on_time is None:
        return _("%(day)s 终止", day=day)
    return _("%(day)s 按期答复", day=day) if row.on_time else _("%(day)s 逾期答复", day=day)


def tags_of(needs_completion: bool, held: bool) -> tuple[str, ...]:
    """What else must be known at a glance."""
    tags = []
    if needs_completion:
        tags.append(_("登记待补全"))
    if held:
        tags.append(_("涉诉保全"))
    return tuple(tags)
