"""登记 and 补全登记."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow, TrackerError
from tracker.domain.mail_register import CHANNEL_OF
from tracker.domain.permissions import Permission
from tracker.domain.receipt import CHANNEL_RULES
from tracker.domain.request_terms import Channel
from tracker.extensions import db
from tracker.models import Case
from tracker.queries.applicants import list_applicants
from tracker.queries.mail import get_mail
from tracker.queries.organs import list_organ_choices
from tracker.queries.scope import get_case
from tracker.queries.subjects import list_subjects
from tracker.services import intake
from tracker.services.applicants import clean_details
from tracker.services.precedents import before_registering
from tracker.web.access import needs
from tracker.web.actions.presenters import latest_entry_text
from tracker.web.context import actor, context, today
from tracker.web.i18n import full_day, tell
from tracker.web.messages import tell_done
from tracker.web.precedents.presenters import BeforeView, before_view
from tracker.web.registration.due import due_view
from tracker.web.registration.forms import RegistrationForm, RequestForm
from tracker.web.registration.presenters import (
    call_channels,
    channel_notes,
    envelope_fields,
    person_heading,
)

bp = Blueprint("registration", __name__)

STUB = "stub"
FULL = "full"
PERSON = "person"
CHECK = "check"


@bp.route("/register", methods=["GET", "POST"])
@needs(Permission.CASE_REGISTER)
def new() -> ResponseReturnValue:
    """登记: the envelope first; the request now or later."""
    form = _new_form()
    step = request.form.get("step", "") if request.method == "POST" else ""
    if step == PERSON:
        form.add_person()
    if step not in (STUB, FULL):
        return _show(form, step)
    if step == FULL:
        form.name_sender()
    if not form.validate_request():
        return _show(form, step, 422)
    try:
        done = intake.register(context(), form.registration(complete=step == FULL))
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(form, step, 409 if isinstance(error, Conflict) else 422)
    _tell_registered(done)
    return redirect(url_for("cases.show", case_id=done.case_id))


@bp.get("/register/preview")
@needs(Permission.CASE_REGISTER)
def preview() -> ResponseReturnValue:
    """The due date for what has been typed so far."""
    form = RegistrationForm(request.args, meta={"csrf": False})
    view = due_view(db.session(), form.receipt_facts(), today(), form.organ_id.data)
    return jsonify(due_on=view.due_on.isoformat() if view.due_on else None, lines=view.lines)


@bp.route("/cases/<int:case_id>/register", methods=["GET", "POST"])
@needs(Permission.CASE_HANDLE)
def complete(case_id: int) -> ResponseReturnValue:
    """补全登记: people, description and way of supply of a request that was saved from its envelope."""
    case = get_case(db.session(), actor(), case_id, Permission.CASE_HANDLE)
    if not case.needs_completion:
        flash(_("这件申请的登记已经完整；需要更正的，请用“更正事实”。"), "info")
        return redirect(url_for("cases.show", case_id=case_id))
    people = list_applicants(db.session(), case_id)
    form = RequestForm(version=case.version_id, sender=people[0].name if people else "")
    form.subject_id.offer(list_subjects(db.session()))
    if request.method == "GET":
        return _show_completion(case, form)
    if request.form.get("step") == PERSON:
        form.add_person()
        return _show_completion(case, form)
    if request.form.get("step") == CHECK:
        return _show_completion(case, form, checked=True)
    if not form.validate_request():
        return _show_completion(case, form, 422)
    try:
        warnings = intake.complete_registration(
            context(), case_id, form.details(), expected_version=form.expected_version, uploads=form.uploads()
        )
    except (NotFound, Forbidden, NotLawfulNow):
        raise
    except Conflict as error:
        case = get_case(db.session(), actor(), case_id)
        form.version.data = str(case.version_id)
        form.show(error)
        form.form_errors.append(latest_entry_text(context(), case))
        return _show_completion(case, form, 409)
    except TrackerError as error:
        form.show(error)
        return _show_completion(get_case(db.session(), actor(), case_id), form, 422)
    tell_done(_("登记已补全。"), _("下一步：初审是否受理。"))
    for warning in warnings:
        flash(tell(warning), "warning")
    return redirect(url_for("cases.show", case_id=case_id))


def _new_form() -> RegistrationForm:
    sent = request.method == "POST"
    form = RegistrationForm() if sent else RegistrationForm(**_asked_for())
    mine = actor().organs_where(Permission.CASE_REGISTER)
    offered = [row for row in list_organ_choices(db.session()) if row[0] in mine]
    form.organ_id.offer(offered)
    form.subject_id.offer(list_subjects(db.session()))
    if form.channel.data not in set(map(str, Channel)):
        form.channel.data = str(Channel.REGISTERED_MAIL)
    if form.organ_id.data is None and offered:
        form.organ_id.data = offered[0][0]
    return form


def _asked_for() -> dict[str, object]:
    """What the address says beforehand: a channel, or a piece of the intake book with what is known of it."""
    piece_id = request.args.get("piece", type=int)
    if piece_id is None:
        return {"channel": request.args.get("channel", "")}
    piece = get_mail(db.session(), actor(), piece_id)
    channel = CHANNEL_OF[piece.medium]
    known: dict[str, object] = {
        "piece": str(piece.id),
        "organ_id": piece.organ_id,
        "channel": str(channel),
        "sender": piece.sender,
        "mail_number": piece.mail_number,
        "description": piece.summary,
    }
    return known | {str(CHANNEL_RULES[channel].decisive): piece.arrived_on}


def _before(
    form: RegistrationForm | RequestForm, organ_id: int, received_on: date | None
) -> BeforeView | None:
    """What is known of the applicant and of like requests, for what has been typed so far."""
    details = clean_details(form.details())
    if not details.people and not details.description:
        return None
    found = before_registering(
        context(), details.people, details.description, organ_id, received_on or today()
    )
    return before_view(found, None)


def _show(form: RegistrationForm, step: str, status: int = 200) -> ResponseReturnValue:
    channel = form.chosen_channel
    fields = envelope_fields(channel)
    for field in fields:
        form[field.name].label.text = field.label or form[field.name].label.text
    page = render_template(
        "pages/registration/new.html",
        form=form,
        fields=fields,
        notes=channel_notes(channel),
        call_channels=call_channels(),
        call_shown=str(channel) in call_channels().split(),
        open_call=form.has_call or bool(form.call_content.errors),
        due=due_view(db.session(), form.receipt_facts(), today(), form.organ_id.data),
        several_organs=len(form.organ_id.choices or ()) > 1,
        before=_before(form, form.organ_id.data or 0, form.signed_on.data) if step == CHECK else None,
        checked=step == CHECK,
        open_request=step in (FULL, PERSON, CHECK) or any(person.is_filled for person in form.people),
        person_heading=person_heading,
    )
    return page, status


def _show_completion(
    case: Case, form: RequestForm, status: int = 200, *, checked: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "pages/registration/complete.html",
        case=case,
        form=form,
        person_heading=person_heading,
        before=_before(form, case.organ_id, case.received_on) if checked else None,
        checked=checked,
    )
    return page, status


def _tell_registered(done: intake.Registered) -> None:
    said = _("已登记，受理号 %(number)s，答复期限 %(due)s。", number=done.number, due=full_day(done.due_on))
    coming = _("下一步：初审是否受理。") if done.complete else _("下一步：补全申请人和申请内容。")
    tell_done(said, coming)
    for warning in done.warnings:
        flash(tell(warning), "warning")
