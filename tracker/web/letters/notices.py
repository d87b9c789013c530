"""制发文书: documents of a case that move no clock, each where it is lawful, with what is on record filled in."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.chinese_numerals import chinese_date, parse_chinese_date
from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.letter_template import LetterTemplate
from tracker.domain.merge_fields import FIELDS, Entry
from tracker.domain.permissions import Permission
from tracker.domain.standalone_documents import DOCUMENT_OF, About, StandaloneDocument
from tracker.extensions import db
from tracker.models import Case, Letter
from tracker.queries.letter_templates import get_wording
from tracker.queries.scope import get_case
from tracker.services.standalone_documents import (
    asked_of_the_handler,
    find_returned,
    known_facts,
    letters_spoken_of,
    make_document,
    offered_documents,
    require_lawful,
    spoken_of,
)
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.forms import ChineseDateField, LineField, ParagraphField, TrackerForm
from tracker.web.i18n import plain_day, tell
from tracker.web.letters import bp
from tracker.web.messages import tell_done


@bp.get("/cases/<int:case_id>/notices")
@needs(Permission.LETTER_DRAFT)
def choose_notice(case_id: int) -> ResponseReturnValue:
    """制发文书: which one; those that are not lawful yet say what they wait for."""
    case = get_case(db.session(), actor(), case_id, Permission.LETTER_DRAFT)
    offered = offered_documents(context(), case)
    return render_template(
        "pages/letters/notices.html",
        case=case,
        offered=[one for one in offered if not one.missing],
        waiting=[(one, [tell(fact) for fact in one.missing]) for one in offered if one.missing],
    )


@bp.route(f"/cases/<int:case_id>/notices/<any({','.join(DOCUMENT_OF)}):key>", methods=["GET", "POST"])
@needs(Permission.LETTER_DRAFT)
def issue_notice(case_id: int, key: str) -> ResponseReturnValue:
    """制发一份文书: its facts, then number, date and text for good, or to whoever signs."""
    case = get_case(db.session(), actor(), case_id, Permission.LETTER_DRAFT)
    document = DOCUMENT_OF[key]
    template = get_wording(db.session(), key, today(), case.organ_id).template
    if request.method == "GET":
        require_lawful(context(), case, document)
    form = _form(case, document, template)
    if not form.is_submitted():
        return _show(case, document, template, form)
    if not form.validate():
        return _show(case, document, template, form, 422)
    about = form._fields.get("about")
    try:
        made = make_document(
            context(),
            case_id,
            key,
            _facts(form),
            about_id=int(about.data) if about is not None and about.data else None,
            expected_version=form.expected_version,
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        case = get_case(db.session(), actor(), case_id)
        form.show(error)
        form.version.data = str(case.version_id)
        return _show(case, document, template, form, 409 if isinstance(error, Conflict) else 422)
    if made.number:
        said = _("已制发%(title)s，文号 %(number)s。", title=made.title, number=made.number)
        tell_done(said, _("下一步：打印存入案卷。") if _stays(template) else _("下一步：寄发并登记送达。"))
    else:
        tell_done(_("已提请签发%(title)s。", title=made.title), _("下一步：由签发人签发后编文号。"))
    return redirect(url_for("letters.show", letter_id=made.letter_id))


def _stays(template: LetterTemplate) -> bool:
    return template.layout == "form"


def _form(case: Case, document: StandaloneDocument, template: LetterTemplate) -> TrackerForm:
    ctx = context()
    letters = letters_spoken_of(ctx, case, document)
    asked = request.values.get("about", type=int)
    chosen = asked if asked in {letter.id for letter in letters} else None
    known = known_facts(ctx, case, document, spoken_of(ctx, case, document, chosen))
    returned = find_returned(ctx, case, document.key)
    known |= (returned.values or {}).get("facts", {}) if returned is not None else {}
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    if letters and document.about is not About.REPLY:
        labels = {About.LETTER: _("要更正的公文"), About.ISSUED: _("原答复书")}
        choices = [SelectChoice(str(letter.id), _named(letter)) for letter in letters]
        fields["about"] = SelectField(labels[document.about], choices=choices)
        data["about"] = str(chosen) if chosen else None
    for name in asked_of_the_handler(document, template):
        spec = FIELDS[name]
        text = known.get(name, "")
        data[name] = parse_chinese_date(text) if spec.entry is Entry.DAY else text
        fields[name] = _field(name)
    made: TrackerForm = type("NoticeForm", (TrackerForm,), fields)(data=data, version=case.version_id)
    return made


def _field(name: str) -> Any:
    spec = FIELDS[name]
    label = tell(spec.label)
    if spec.entry is Entry.CHOICE:
        return SelectField(label, choices=[SelectChoice(c, tell(c)) for c in spec.choices])
    if spec.entry is Entry.DAY:
        return ChineseDateField(label)
    return ParagraphField(label) if spec.entry is Entry.PARAGRAPH else LineField(label)


def _named(letter: Letter) -> str:
    title = (letter.issued_content or letter.content or {}).get("title") or _("答复书")
    day = plain_day(letter.signed_on) if letter.signed_on else ""
    return f"{title}　{letter.number}　{day}"


def _facts(form: TrackerForm) -> dict[str, str]:
    facts = {}
    for field in form:
        if field.name in FIELDS and field.data:
            facts[field.name] = (
                chinese_date(field.data) if isinstance(field, ChineseDateField) else field.data
            )
    return facts


def _show(
    case: Case, document: StandaloneDocument, template: LetterTemplate, form: TrackerForm, status: int = 200
) -> ResponseReturnValue:
    names = [*(["about"] if "about" in form._fields else []), *asked_of_the_handler(document, template)]
    returned = find_returned(context(), case, document.key)
    page = render_template(
        "pages/letters/notice.html",
        case=case,
        template=template,
        form=form,
        fields=[(form[name], _help(template, name)) for name in names],
        decides=document.decides,
        returned=(returned.values or {}).get("returned", "") if returned is not None else "",
    )
    return page, status


def _help(template: LetterTemplate, name: str) -> str:
    if name not in FIELDS:
        return ""
    told = tell(FIELDS[name].help) if FIELDS[name].help else ""
    return told if name in template.required else " ".join(filter(None, (told, _("没有的可以不填。"))))
