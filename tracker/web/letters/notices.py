"""Documents an office may issue by themselves: 登记回执, 征求意见告知书, 第三方公开告知书, 视为放弃告知书."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.chinese_numerals import chinese_date, parse_chinese_date
from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.merge_fields import FIELDS, Entry
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.models import Case
from tracker.queries.letter_templates import get_wording, library
from tracker.queries.scope import get_case
from tracker.services.letter_facts import case_facts
from tracker.services.letters import grounds_of
from tracker.services.notices import STANDALONE, issue_standalone_notice
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.forms import ChineseDateField, LineField, ParagraphField, TrackerForm
from tracker.web.i18n import tell
from tracker.web.letters import bp
from tracker.web.messages import tell_done


@bp.get("/cases/<int:case_id>/notices")
@needs(Permission.LETTER_DRAFT)
def choose_notice(case_id: int) -> ResponseReturnValue:
    """制发文书: which one."""
    case = get_case(db.session(), actor(), case_id, Permission.LETTER_DRAFT)
    wordings = library(db.session(), today(), case.organ_id)
    offered = [(key, wordings[key].template) for key in STANDALONE if key in wordings]
    return render_template("pages/letters/notices.html", case=case, offered=offered)


@bp.route(f"/cases/<int:case_id>/notices/<any({','.join(STANDALONE)}):key>", methods=["GET", "POST"])
@needs(Permission.LETTER_DRAFT)
def issue_notice(case_id: int, key: str) -> ResponseReturnValue:
    """制发一份文书: its facts, then number, date and text for good."""
    case = get_case(db.session(), actor(), case_id, Permission.LETTER_DRAFT)
    template = get_wording(db.session(), key, today(), case.organ_id).template
    form = _form(case, template)
    if not form.is_submitted():
        return _show(case, template, form)
    if not form.validate():
        return _show(case, template, form, 422)
    try:
        issued = issue_standalone_notice(
            context(), case_id, key, _facts(form), expected_version=form.expected_version
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        case = get_case(db.session(), actor(), case_id)
        form.show(error)
        form.version.data = str(case.version_id)
        return _show(case, template, form, 409 if isinstance(error, Conflict) else 422)
    said = _("已制发%(title)s，文号 %(number)s。", title=issued.title, number=issued.number)
    coming = _("下一步：寄发并登记送达。")
    tell_done(said, coming)
    return redirect(url_for("letters.show", letter_id=issued.letter_id))


def _form(case: Case, template: LetterTemplate) -> TrackerForm:
    known = case_facts(db.session(), case)
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for name in grounds_of(template):
        spec = FIELDS[name]
        label = tell(spec.label)
        text = known.get(name, "")
        data[name] = parse_chinese_date(text) if spec.entry is Entry.DAY else text
        if spec.entry is Entry.CHOICE:
            fields[name] = SelectField(label, choices=[SelectChoice(c, tell(c)) for c in spec.choices])
        elif spec.entry is Entry.DAY:
            fields[name] = ChineseDateField(label)
        else:
            fields[name] = ParagraphField(label) if spec.entry is Entry.PARAGRAPH else LineField(label)
    made: TrackerForm = type("NoticeForm", (TrackerForm,), fields)(data=data, version=case.version_id)
    return made


def _facts(form: TrackerForm) -> dict[str, str]:
    facts = {}
    for field in form:
        if field.name in FIELDS and field.data:
            facts[field.name] = (
                chinese_date(field.data) if isinstance(field, ChineseDateField) else field.data
            )
    return facts


def _show(case: Case, template: LetterTemplate, form: TrackerForm, status: int = 200) -> ResponseReturnValue:
    grounds = [form[name] for name in grounds_of(template)]
    page = render_template(
        "pages/letters/notice.html", case=case, template=template, form=form, grounds=grounds
    )
    return page, status
