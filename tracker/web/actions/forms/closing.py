"""视为放弃, 登记撤回, 归档."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from tracker.domain.archive_demands import Lack
from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.case_log import EntryType
from tracker.domain.permissions import ROLE_NAMES
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.services.archiving import ArchivePlan, archive, plan_archive
from tracker.services.case_record import NewEntry
from tracker.services.closing import abandon, withdraw
from tracker.services.context import Context
from tracker.web.actions.forms.base import LateActForm, Said, given
from tracker.web.context import today
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField
from tracker.web.i18n import tell


class AbandonForm(LateActForm):
    """视为放弃."""

    action = Action.ABANDON

    checked = ParagraphField(_l("核查情况"), [Filled()], longest=2000)
    on = ChineseDateField(_l("决定日期"), [Filled(), NotAfterToday()], default=today)
    with_letter = BooleanField(_l("同时制发视为放弃告知书"), default=True)

    def perform(self, ctx: Context, case_id: int) -> Said:
        abandon(
            ctx,
            case_id,
            on=given(self.on),
            checked=self.checked.data or "",
            with_letter=bool(self.with_letter.data),
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记视为放弃，不再处理。"), _("下一步：寄出视为放弃告知书，然后归档。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.ABANDONED, given(self.on))


class WithdrawForm(LateActForm):
    """登记撤回."""

    action = Action.WITHDRAW

    statement = ParagraphField(_l("撤回的方式和内容"), [Filled()], longest=2000)
    on = ChineseDateField(_l("撤回日期"), [Filled(), NotAfterToday()], default=today)

    def perform(self, ctx: Context, case_id: int) -> Said:
        withdraw(
            ctx,
            case_id,
            on=given(self.on),
            statement=self.statement.data or "",
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        return _("已登记撤回。"), _("下一步：归档。")

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        return NewEntry(EntryType.WITHDRAWN, given(self.on))


@dataclass(frozen=True, slots=True)
class LackLine:
    """Something the file lacks, who must add it and how."""

    name: str
    who: str
    cure: str


class ArchiveForm(LateActForm):
    """归档; ``plan`` lists what the file holds."""

    action = Action.ARCHIVE
    plan: ArchivePlan

    retention = RadioField(
        _l("保管期限"), [Filled()], choices=[(str(r), _l(n)) for r, n in RETENTION_NAMES.items()]
    )
    retention_reason = LineField(_l("改变保管期限的理由"))
    on = ChineseDateField(_l("归档日期"), [Filled(), NotAfterToday()], default=today)

    @classmethod
    def starting_with(cls, ctx: Context, case: Case) -> dict[str, Any]:
        return {"retention": str(plan_archive(ctx, case).retention)}

    @property
    def count(self) -> int:
        """Pieces in the file."""
        return len(self.plan.materials)

    @property
    def why(self) -> str:
        """Why the retention is proposed."""
        return tell(self.plan.proposal.why)

    @property
    def lacks(self) -> list[LackLine]:
        """What is lacking, in words."""
        return lack_lines(self.plan.lacks)

    def offer_choices(self, ctx: Context, case: Case) -> None:
        self.plan = plan_archive(ctx, case)
        self.file_url = url_for("archive.of_case", case_id=case.id)
        if self.plan.lacks:
            self.needs_reason = True

    def perform(self, ctx: Context, case_id: int) -> Said:
        done = archive(
            ctx,
            case_id,
            on=given(self.on),
            retention=Retention(self.retention.data),
            retention_reason=self.retention_reason.data or None,
            expected_version=self.expected_version,
            reason=self.given_reason,
        )
        said = _("已归档，档号 %(number)s，共 %(pages)d 页。", number=done.archive_number, pages=done.pages)
        return said, _("案卷此后只读；材料清单和归档包在案件页“案卷”里。")


def lack_lines(lacks: Sequence[Lack]) -> list[LackLine]:
    """What a file lacks, in words."""
    return [LackLine(tell(one.name), tell(ROLE_NAMES[one.who]), tell(one.cure)) for one in lacks]
