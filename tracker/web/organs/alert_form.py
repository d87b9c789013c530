"""The alert policy of one organ as a form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, ValidationError

from tracker.domain.alert_policy import AlertPolicy, ahead_of
from tracker.domain.vocabulary import N_
from tracker.web.forms import Filled, LineField, TrackerForm
from tracker.web.i18n import tell


class AlertPolicyForm(TrackerForm):
    """In the order a case meets them: before the due date, after it, while work waits, at night."""

    ahead = LineField(_l("到期前提醒经办人（工作日）"), [Filled()], longest=60)
    overdue_every = IntegerField(_l("超期后每几个工作日再提醒"), [Filled()])
    review_days = IntegerField(_l("等待合法性审查几个工作日后提醒"), [Filled()])
    sign_off_days = IntegerField(_l("等待签发几个工作日后提醒"), [Filled()])
    quiet_from = IntegerField(_l("免打扰开始（整点）"), [Filled()])
    quiet_until = IntegerField(_l("免打扰结束（整点）"), [Filled()])
    quiet_days_off = BooleanField(_l("休息日和节假日全天免打扰"))

    def validate_ahead(self, field: LineField) -> None:
        """Raises ``ValidationError`` for what is no list of days."""
        if ahead_of(field.data or "") is None:
            raise ValidationError(tell(N_("请填写工作日数，用顿号分开，例如 5、3、1、0；0 表示到期当天。")))

    def policy(self) -> AlertPolicy:
        """What was entered, once it has been validated."""
        return AlertPolicy(
            ahead=ahead_of(self.ahead.data or "") or (),
            overdue_every=self.overdue_every.data or 0,
            review_days=self.review_days.data or 0,
            sign_off_days=self.sign_off_days.data or 0,
            quiet_from=self.quiet_from.data or 0,
            quiet_until=self.quiet_until.data or 0,
            quiet_days_off=bool(self.quiet_days_off.data),
        )


def filled_in(policy: AlertPolicy) -> dict[str, object]:
    """A policy as the form shows it."""
    return {
        "ahead": written(policy.ahead),
        "overdue_every": policy.overdue_every,
        "review_days": policy.review_days,
        "sign_off_days": policy.sign_off_days,
        "quiet_from": policy.quiet_from,
        "quiet_until": policy.quiet_until,
        "quiet_days_off": policy.quiet_days_off,
    }


def written(ahead: tuple[int, ...]) -> str:
    """Days as an office writes them."""
    return "、".join(str(days) for days in ahead)
