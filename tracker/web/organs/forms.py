"""The settings of one organ as a form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField

from tracker.services.organs import OrganSettings
from tracker.web.forms import Filled, LineField, TrackerForm


class OrganForm(TrackerForm):
    """In the order a letter uses them: remedies, address, archive, review, lights, internal limits."""

    reviewing_organ = LineField(_l("行政复议机关"), longest=200)
    alternative_reviewing_organ = LineField(_l("另一可选的复议机关"), longest=200)
    court = LineField(_l("管辖法院"), longest=100)
    contact = LineField(_l("联系科室或联系人"), longest=50)
    phone = LineField(_l("电话"), longest=50)
    address = LineField(_l("地址"), longest=200)
    postcode = LineField(_l("邮政编码"), longest=6)
    fonds_number = LineField(_l("全宗号"), longest=8)
    archive_category = LineField(_l("档案门类代码"), [Filled()], longest=8)
    archive_by_unit = BooleanField(_l("档号分机构（问题）"))
    archive_unit_code = LineField(_l("归档机构代码"), longest=8)
    archive_serial_width = IntegerField(_l("件号位数"), [Filled()])
    review_required = BooleanField(_l("答复须先经合法性审查"))
    yellow_days = IntegerField(_l("黄灯：剩余工作日不多于"), [Filled()])
    orange_days = IntegerField(_l("橙灯：剩余工作日不多于"), [Filled()])
    draft_by = IntegerField(_l("拟稿提交审查：到期日前（工作日）"), [Filled()])
    review_by = IntegerField(_l("合法性审查通过：到期日前（工作日）"), [Filled()])
    post_by = IntegerField(_l("答复寄出：到期日前（工作日）"), [Filled()])

    def settings(self) -> OrganSettings:
        """What was entered; an emptied field is unknown again."""
        return OrganSettings(
            reviewing_organ=self.reviewing_organ.data or None,
            alternative_reviewing_organ=self.alternative_reviewing_organ.data or None,
            court=self.court.data or None,
            address=self.address.data or None,
            postcode=self.postcode.data or None,
            contact=self.contact.data or None,
            phone=self.phone.data or None,
            fonds_number=self.fonds_number.data or None,
            archive_unit_code=self.archive_unit_code.data or None,
            archive_category=self.archive_category.data or "",
            archive_by_unit=bool(self.archive_by_unit.data),
            archive_serial_width=self.archive_serial_width.data or 0,
            review_required=bool(self.review_required.data),
            yellow_days=self.yellow_days.data or 0,
            orange_days=self.orange_days.data or 0,
            draft_by=self.draft_by.data or 0,
            review_by=self.review_by.data or 0,
            post_by=self.post_by.data or 0,
        )
