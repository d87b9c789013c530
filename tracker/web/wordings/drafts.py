"""A draft before its reviewer: what it changes, how it will look, and the word on it."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.redline import redline
from tracker.extensions import db
from tracker.queries.wordings import STATUS_NAMES, get_draft, in_use, list_versions
from tracker.services.wordings import (
    approve_wording,
    end_local_wording,
    may_review,
    return_wording,
    withdraw_wording,
)
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.wordings import bp
from tracker.web.wordings.forms import DecisionForm
from tracker.web.wordings.presenters import lines_of, sample_of


@bp.get("/drafts/<int:wording_draft_id>")
@needs(Permission.TEMPLATE_READ)
def draft(wording_draft_id: int) -> ResponseReturnValue:
    """One draft, against what is in use now."""
    return _page(wording_draft_id)


@bp.post("/drafts/<int:wording_draft_id>/approve")
@needs(Permission.TEMPLATE_READ)
def approve(wording_draft_id: int) -> ResponseReturnValue:
    """审核通过."""
    form = DecisionForm(ids="approve")
    return _decided(
        wording_draft_id,
        form,
        lambda: approve_wording(
            context(),
            wording_draft_id,
            expected_version=form.expected_version,
            comment=form.comment.data or "",
        ),
        _("已通过，成为新的一版。"),
        _("新拟的公文自启用之日起使用，已拟的稿子仍用原版。"),
    )


@bp.post("/drafts/<int:wording_draft_id>/return")
@needs(Permission.TEMPLATE_READ)
def send_back(wording_draft_id: int) -> ResponseReturnValue:
    """退回修改."""
    form = DecisionForm(ids="return")
    return _decided(
        wording_draft_id,
        form,
        lambda: return_wording(
            context(), wording_draft_id, form.comment.data or "", expected_version=form.expected_version
        ),
        _("已退回，现行文字没有改动。"),
        _("拟稿人会看到审核意见，修改后重新提交。"),
    )


@bp.post("/drafts/<int:wording_draft_id>/withdraw")
@needs(Permission.TEMPLATE_READ)
def withdraw(wording_draft_id: int) -> ResponseReturnValue:
    """撤回."""
    form = DecisionForm(ids="withdraw")
    return _decided(
        wording_draft_id,
        form,
        lambda: withdraw_wording(context(), wording_draft_id, expected_version=form.expected_version),
        _("已撤回，现行文字没有改动。"),
        "",
    )


@bp.post("/versions/<int:wording_id>/end")
@needs(Permission.TEMPLATE_READ)
def end_local(wording_id: int) -> ResponseReturnValue:
    """停用本地文本."""
    end_local_wording(context(), wording_id)
    tell_done(_("本地文本已停用，今后使用全区文本。"))
    return redirect(url_for("wordings.version", wording_id=wording_id))


def _decided(
    draft_id: int, form: DecisionForm, verb: Callable[[], object], happened: str, coming: str
) -> ResponseReturnValue:
    try:
        verb()
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(draft_id, form, status_of(error))
    tell_done(happened, coming)
    return redirect(url_for("wordings.draft", wording_draft_id=draft_id))


def _page(draft_id: int, sent: DecisionForm | None = None, status: int = 200) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    facts = get_draft(session, actor(), draft_id)
    versions = list_versions(session, actor(), facts.key)
    current = in_use(versions, today(), facts.organ_id) or in_use(versions, today())
    old = lines_of(current.template) if current else []
    mine = facts.drafted_by_id == actor().account_id
    editor = (
        actor().may_somewhere(Permission.TEMPLATE_EDIT)
        if facts.organ_id is None
        else actor().may(Permission.TEMPLATE_EDIT_LOCAL, facts.organ_id)
    )
    forms = {name: DecisionForm(formdata=None, ids=name) for name in ("approve", "return", "withdraw")}
    if sent is not None:
        forms[sent.comment.id.partition("-")[0]] = sent
    for form in forms.values():
        form.version.data = str(facts.version)
    page = render_template(
        "pages/wordings/draft.html",
        facts=facts,
        current=current,
        lines=redline(old, lines_of(facts.template)),
        paper=sample_of(facts.template),
        status_name=STATUS_NAMES[facts.status],
        may_decide=facts.status == "submitted" and not mine and may_review(context(), facts.organ_id),
        may_edit=editor and facts.is_open,
        may_reword=editor and facts.is_open and facts.status != "submitted",
        forms=forms,
    )
    return page, status
