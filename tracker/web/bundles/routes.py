"""The page of an evidence bundle: looked at, saved as a new version, made into files."""

from __future__ import annotations

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.typesetter import TypesettingFailed
from tracker.domain.errors import Conflict, Forbidden, Missing, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.services.answer_drafts import OpenBundle, open_bundle, open_for_review, review_draft, save_draft
from tracker.services.evidence_bundles import MadeFile, bundle_docx, bundle_pdf
from tracker.web.access import needs
from tracker.web.bundles import bp
from tracker.web.bundles.forms import BundleForm, ReviewForm, bundle_form
from tracker.web.bundles.presenters import BundlePage
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import tell
from tracker.web.messages import tell_done

LOOKED = N_("查看举证包")


@bp.get("/bundle")
@needs(Permission.PERSON_UNMASK)
def show(challenge_id: int) -> ResponseReturnValue:
    """举证包; ``?version=`` shows an earlier version of the draft."""
    number = request.args.get("version", type=int)
    opened = open_bundle(context(), challenge_id, why=LOOKED, number=number)
    return _page(opened, bundle_form(opened, None))


@bp.post("/bundle")
@needs(Permission.CHALLENGE_HANDLE)
def save(challenge_id: int) -> ResponseReturnValue:
    """保存底稿和证据目录 as a new version."""
    ctx = context()
    opened = open_bundle(ctx, challenge_id, why=LOOKED)
    form = bundle_form(opened, request.form)
    valid = form.validate()
    if not (form.sound() and valid):
        return _page(opened, form, 422)
    try:
        number = save_draft(ctx, challenge_id, form.redrafted(), expected_number=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        if isinstance(error, Conflict):
            form.version.data = str(opened.number)
        return _page(opened, form, status_of(error))
    tell_done(
        _("已保存为第 %(n)d 版，以前各版仍可查看。", n=number), _("下一步：核对还缺的证据，再生成文件。")
    )
    return redirect(url_for("bundles.show", challenge_id=challenge_id))


@bp.route("/bundle/review", methods=["GET", "POST"])
@needs(Permission.LETTER_REVIEW)
def review(challenge_id: int) -> ResponseReturnValue:
    """法律顾问审查 of the newest version."""
    ctx = context()
    opened = open_for_review(ctx, challenge_id)
    form = ReviewForm(version=opened.number)
    if request.method == "GET":
        return _review_page(opened, form)
    if not form.validate():
        return _review_page(opened, form, 422)
    try:
        review_draft(
            ctx,
            challenge_id,
            number=form.expected_version,
            approved=form.approves,
            opinion=form.opinion.data or "",
        )
    except NotFound:
        raise
    except TrackerError as error:
        form.show(error)
        form.version.data = str(opened.number)
        return _review_page(opened, form, status_of(error))
    tell_done(_("审查意见已记在这一版上。"), _("底稿再改动的，须重新审查。"))
    return redirect(url_for("bundles.review", challenge_id=challenge_id))


@bp.get("/bundle.pdf")
@needs(Permission.PERSON_UNMASK)
def pdf(challenge_id: int) -> ResponseReturnValue:
    """One PDF of everything."""
    try:
        return _handed_out(bundle_pdf(context(), challenge_id))
    except (Missing, TypesettingFailed) as error:
        return _not_made(challenge_id, error)


@bp.get("/bundle.zip")
@needs(Permission.PERSON_UNMASK)
def docx(challenge_id: int) -> ResponseReturnValue:
    """The papers as .docx in one archive."""
    try:
        return _handed_out(bundle_docx(context(), challenge_id))
    except (Missing, TypesettingFailed) as error:
        return _not_made(challenge_id, error)


def _handed_out(made: MadeFile) -> ResponseReturnValue:
    response = send_file(
        io.BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.filename,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _not_made(challenge_id: int, error: TrackerError) -> ResponseReturnValue:
    flash(tell(error), "danger")
    return redirect(url_for("bundles.show", challenge_id=challenge_id))


def _review_page(opened: OpenBundle, form: ReviewForm, status: int = 200) -> ResponseReturnValue:
    page = BundlePage(opened, actor(), today())
    return render_template("pages/bundles/review.html", page=page, form=form), status


def _page(opened: OpenBundle, form: BundleForm, status: int = 200) -> ResponseReturnValue:
    page = BundlePage(opened, actor(), today())
    return render_template("pages/bundles/show.html", page=page, form=form), status
