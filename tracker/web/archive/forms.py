"""Forms of the file: a piece kept on paper, and pages nobody could count."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from tracker.domain.archive_demands import Lack
from tracker.domain.archive_materials import MATERIAL_NAMES, MaterialKind
from tracker.services.paper_materials import LONGEST_TITLE, MOST_PAGES, PaperGiven
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, TrackerForm
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
