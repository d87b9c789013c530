"""机器人设置 of one organ and of the whole district: which group is told, and a message to try it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.delivery import DeliveryError
from tracker.domain.alerts import CHANNEL_NAMES
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.organs import get_organ
from tracker.services.robot_settings import read_robot, remove_robot, send_test, set_robot
from tracker.web.access import needs
from tracker.web.context import context, runtime
from tracker.web.organs import bp
from tracker.web.organs.robot_form import RobotForm


@bp.route("/<int:organ_id>/robot", methods=["GET", "POST"])
@needs(Permission.ORGAN_MANAGE)
def robot(organ_id: int) -> ResponseReturnValue:
    """机器人设置."""
    get_organ(db.session(), organ_id)
    return _settings(organ_id)


@bp.post("/<int:organ_id>/robot/test")
@needs(Permission.ORGAN_MANAGE)
def robot_test(organ_id: int) -> ResponseReturnValue:
    """发送测试消息; what the other side said is shown as it said it."""
    return _tried(organ_id)


@bp.route("/district-robot", methods=["GET", "POST"])
@needs(Permission.ORGAN_MANAGE)
def district_robot() -> ResponseReturnValue:
    """全区机器人: one group that is told what is overdue, and 督办, of every organ."""
    return _settings(None)


@bp.post("/district-robot/test")
@needs(Permission.ORGAN_MANAGE)
def district_robot_test() -> ResponseReturnValue:
    """发送测试消息."""
    return _tried(None)


def _settings(organ_id: int | None) -> ResponseReturnValue:
    form = RobotForm(version=read_robot(context(), organ_id).version)
    form.offer()
    if request.method != "POST":
        return _page(organ_id, form)
    removing = request.form.get("step") == "remove"
    if not removing and not form.validate():
        return _page(organ_id, form), 422
    try:
        if removing:
            remove_robot(context(), organ_id, expected_version=form.expected_version)
        else:
            set_robot(context(), organ_id, form.robot(), expected_version=form.expected_version)
    except Invalid as error:
        form.show(error)
        return _page(organ_id, form), 422
    except Conflict as error:
        # What was typed stays; sent again, it is meant to replace what the other person saved.
        form.version.data = str(read_robot(context(), organ_id).version)
        form.show(error)
        return _page(organ_id, form), 409
    said = _("机器人已停用，提醒不再发到群里。") if removing else _("机器人已保存，请发送一条测试消息。")
    flash(said, "success")
    return redirect(_address(organ_id))


def _tried(organ_id: int | None) -> ResponseReturnValue:
    try:
        send_test(context(), organ_id)
    except DeliveryError as error:
        flash(_("测试消息没有发出。对方答复：%(answer)s", answer=str(error)), "danger")
    else:
        flash(_("测试消息已发出，对方已接收，请到群里查看。"), "success")
    return redirect(_address(organ_id))


def _address(organ_id: int | None, *, test: bool = False) -> str:
    if organ_id is None:
        return url_for("organs.district_robot_test" if test else "organs.district_robot")
    return url_for("organs.robot_test" if test else "organs.robot", organ_id=organ_id)


def _page(organ_id: int | None, form: RobotForm) -> str:
    known = read_robot(context(), organ_id)
    return render_template(
        "pages/organs/robot.html",
        organ=get_organ(db.session(), organ_id) if organ_id is not None else None,
        form=form,
        known=known,
        kind=CHANNEL_NAMES[known.channel] if known.channel else "",
        ready=runtime().adapters.robots.ready,
        save_url=_address(organ_id),
        test_url=_address(organ_id, test=True),
    )
