"""撤销本步."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.fact_correction import FactChange, correction_details
from tracker.domain.undoing import last_step
from tracker.domain.workflow import Action
from tracker.models import Case
from tracker.queries.case_log import read_log
from tracker.services.case_record import NewEntry
from tracker.services.context import Context
from tracker.services.undoing import undo_step
from tracker.web.actions.forms.base import ActForm, Said
from tracker.web.forms import Filled, LineField
from tracker.web.i18n import full_day, tell


class UndoForm(ActForm):
    """撤销本步: which step it is stands in the form, so that nobody takes back what they did not see."""

    action = Action.UNDO
    step: LogEntry | None = None

    seq = HiddenField()
    reason = LineField(_l("撤销的原因"), [Filled()], longest=200)

    def offer_choices(self, ctx: Context, case: Case) -> None:
        self.step = last_step(read_log(ctx.session, case.id))
        if not self.seq.data and self.step is not None:
            self.seq.data = str(self.step.seq)

    @property
    def step_words(self) -> str:
        """The step in words: what, and its day of law."""
        if self.step is None:
            return ""
        return _("%(day)s“%(what)s”", day=full_day(self.step.on), what=tell(ENTRY_NAMES[self.step.type]))

    def perform(self, ctx: Context, case_id: int) -> Said:
        given = str(self.seq.data or "")
        seq = int(given) if given.isdecimal() and len(given) < 9 else 0
        kind, _reading = undo_step(
            ctx, case_id, seq=seq, reason=self.reason.data or "", expected_version=self.expected_version
        )
        return (
            _("已撤销“%(what)s”，期限按没有这一步重新推算。", what=tell(ENTRY_NAMES[kind])),
            _("下一步：按实际情况重新登记。"),
        )

    def foreseen(self, ctx: Context, case: Case) -> NewEntry | None:
        if self.step is None:
            return None
        return NewEntry(
            EntryType.FACT_CORRECTED, ctx.today, correction_details(FactChange(void=True), self.step)
        )
