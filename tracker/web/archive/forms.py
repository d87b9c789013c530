"""Forms of the file: a piece kept on paper, and pages nobody could count."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from tracker.domain.archive_demands import Lack
from tracker.domain.archive_materials import MATERIAL_NAMES, MaterialKind
from tracker.domain.destruction import LONGEST_GROUNDS
from tracker.queries.destruction import ExpiredRow
from tracker.services.paper_materials import LONGEST_TITLE, MOST_PAGES, PaperGiven
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    NotAfterToday,
    ParagraphField,
    TrackerForm,
)
from tracker.web.i18n import tell

_PAGES = NumberRange(1, MOST_PAGES, _l("页数须为 1 至 9999 的整数。"))


class PaperForm(TrackerForm):
    """登记纸质材料; choosing what it fills decides its kind."""

    covers = SelectField(_l("补哪一项"), choices=[], validate_choice=False)
    kind = SelectField(
        _l("材料类别"),
        choices=[(str(k), _l(n)) for k, n in MATERIAL_NAMES.items()],
        default=str(MaterialKind.OTHER),
    )
    title = LineField(_l("材料名称"), [Filled()], longest=LONGEST_TITLE)
    pages = IntegerField(_l("页数"), [InputRequired(_l("请填写页数。")), _PAGES])
    made_on = ChineseDateField(_l("文件日期"), [NotAfterToday()])

    def offer(self, lacks: Sequence[Lack]) -> None:
        """What is lacking, to choose from."""
        self.lacks = {lack.key: lack for lack in lacks if not lack.key.startswith("pages:")}
        named = [(key, tell(lack.name)) for key, lack in self.lacks.items()]
        self.covers.choices = [("", _("不是补缺，按类别列入")), *named]

    def given(self) -> PaperGiven:
        """What was typed."""
        covers = self.covers.data or ""
        lack = self.lacks.get(covers)
        return PaperGiven(
            kind=lack.kind if lack else MaterialKind(self.kind.data),
            title=self.title.data or "",
            pages=self.pages.data or 0,
            made_on=self.made_on.data,
            covers=covers,
        )


class PagesForm(TrackerForm):
    """页数 of one piece."""

    pages = IntegerField(_l("页数"), [InputRequired(_l("请填写页数。")), _PAGES])


class RemovePaperForm(TrackerForm):
    """Nothing to fill in."""


class ProposeForm(TrackerForm):
    """提出销毁: the files of one organ, and the opinion of whoever appraised them."""

    organ_id = IntegerField(widget=HiddenInput())
    files = SelectMultipleField(_l("案卷"), coerce=int, choices=[], validate_choice=False)
    grounds = ParagraphField(_l("鉴定意见和销毁依据"), [Filled()], longest=LONGEST_GROUNDS)

    def offer(self, rows: Sequence[ExpiredRow]) -> None:
        """What may be ticked."""
        self.files.choices = [(row.case_id, row.number) for row in rows if not row.blocks]

    def is_chosen(self, case_id: int) -> bool:
        """Whether the box of a file is ticked."""
        return case_id in (self.files.data or ())


class ConfirmForm(TrackerForm):
    """确认销毁."""

    opinion = ParagraphField(_l("确认意见"), [Filled()], longest=LONGEST_GROUNDS)
    understood = BooleanField(
        _l("已逐件核对清册，知道销毁后文字、材料和申请人信息无法恢复"),
        [DataRequired(_l("请核对清册后勾选。"))],
    )


class ReturnForm(TrackerForm):
    """退回."""

    opinion = ParagraphField(_l("退回的理由"), [Filled()], longest=LONGEST_GROUNDS)


class WithdrawForm(TrackerForm):
    """撤回: nothing to fill in."""


class DeferForm(TrackerForm):
    """暂缓销毁."""

    reason = ParagraphField(_l("暂缓销毁的理由"), [Filled()], longest=LONGEST_GROUNDS)
    until = ChineseDateField(_l("暂缓到"))
