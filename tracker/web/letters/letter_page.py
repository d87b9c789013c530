"""One letter: its sheet, its history, and the acts the person may do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.domain.permissions import Permission
from tracker.domain.returned_mail import NEXT_STEPS, ReturnKind
from tracker.domain.workflow import RULE_OF, Action
from tracker.extensions import db
from tracker.models import Case, Letter
from tracker.queries.letters import get_letter, list_numbers
from tracker.queries.model_replies import ModelFacts, find_model_of
from tracker.services import dispatch as dispatching
from tracker.services import document_sign_off, legal_review, letter_forms, sign_off
from tracker.services.attachments import open_file
from tracker.services.context import Context
from tracker.services.legal_review import PaperApproval, Step
from tracker.services.letter_acts import LetterAct, letter_acts
from tracker.services.model_replies import may_be_model
from tracker.services.rendering import DOCX_TYPE, PDF_TYPE, find_rendered
from tracker.services.voiding import right_to_void, void_letter
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.forms import TrackerForm
from tracker.web.i18n import full_day, tell
from tracker.web.letters import bp
from tracker.web.letters.forms import (
    DeliveryForm,
    DispatchForm,
    PaperForm,
    ReturnedForm,
    SealForm,
    SendBackForm,
    SignForm,
    SubmitForm,
    VoidForm,
    WaiveForm,
    day_of,
    upload_of,
)
from tracker.web.letters.presenters import letter_view

FORMS: dict[LetterAct, type[TrackerForm]] = {
    LetterAct.SUBMIT: SubmitForm,
    LetterAct.WAIVE_REVIEW: WaiveForm,
    LetterAct.SIGN: SignForm,
    LetterAct.SEND_BACK: SendBackForm,
    LetterAct.PAPER_REVIEW: PaperForm,
    LetterAct.PAPER_SIGN_OFF: PaperForm,
    LetterAct.SEAL: SealForm,
    LetterAct.VOID: VoidForm,
    LetterAct.DISPATCH: DispatchForm,
    LetterAct.DELIVERY: DeliveryForm,
    LetterAct.RETURNED: ReturnedForm,
}
Said = tuple[str, str]


@dataclass
class OpenForms:
    """The forms on the page: fresh ones, and the one that came back with what was typed."""

    letter: Letter
    tried: LetterAct | None = None
    form: TrackerForm | None = None
    made: dict[LetterAct, TrackerForm] = field(default_factory=dict)

    def get(self, act: str) -> TrackerForm:
        """The form of an act."""
        wanted = LetterAct(act)
        if wanted is self.tried and self.form is not None:
            return self.form
        if wanted not in self.made:
            kind = FORMS[wanted]
            days = {"on": today()} if hasattr(kind, "on") else {}
            self.made[wanted] = kind(formdata=None, ids=act, version=self.letter.version_id, **days)
        return self.made[wanted]


@bp.get("/letters/<int:letter_id>")
@needs(Permission.CASE_READ)
def show(letter_id: int) -> ResponseReturnValue:
    """公文页."""
    return _page(letter_id)


@bp.post("/letters/<int:letter_id>/submit")
@needs(Permission.LETTER_DRAFT)
def submit(letter_id: int) -> ResponseReturnValue:
    """提交审查."""

    def act(form: SubmitForm) -> Said:
        if legal_review.submit(context(), letter_id, expected_version=form.expected_version):
            return _("已提交审查。"), _("下一步：由法律顾问进行合法性审查。")
        return _("已提交。"), _("本机关不设合法性审查环节，下一步：签发。")

    return _perform(letter_id, LetterAct.SUBMIT, Permission.LETTER_DRAFT, act)


@bp.post("/letters/<int:letter_id>/waive-review")
@needs(Permission.REVIEW_WAIVE)
def waive_review(letter_id: int) -> ResponseReturnValue:
    """免予审查, by the head with a reason."""

    def act(form: WaiveForm) -> Said:
        legal_review.waive_review(
            context(), letter_id, reason=form.reason.data or "", expected_version=form.expected_version
        )
        return _("已决定免予审查，理由已记入办理记录。"), _(
            "下一步：签发。此后文字如有改动，须重新提交审查。"
        )

    return _perform(letter_id, LetterAct.WAIVE_REVIEW, Permission.REVIEW_WAIVE, act)


@bp.post("/letters/<int:letter_id>/sign")
@needs(Permission.LETTER_SIGN_OFF)
def sign(letter_id: int) -> ResponseReturnValue:
    """签发."""

    def act(form: SignForm) -> Said:
        verb = sign_off.sign_off if _is_reply(letter_id) else document_sign_off.sign_document
        issued = verb(context(), letter_id, expected_version=form.expected_version)
        said = _(
            "已签发，文号 %(number)s，成文日期 %(day)s。",
            number=issued.number,
            day=full_day(issued.signed_on),
        )
        return said, _("下一步：用印后寄发。")

    return _perform(letter_id, LetterAct.SIGN, Permission.LETTER_SIGN_OFF, act)


@bp.post("/letters/<int:letter_id>/send-back")
@needs(Permission.LETTER_SIGN_OFF)
def send_back(letter_id: int) -> ResponseReturnValue:
    """签发时退回修改."""

    def act(form: SendBackForm) -> Said:
        verb = (
            legal_review.return_from_sign_off if _is_reply(letter_id) else document_sign_off.return_document
        )
        verb(context(), letter_id, opinion=form.opinion.data or "", expected_version=form.expected_version)
        return _("已退回修改。"), _("下一步：经办人修改后重新提交审查。")

    return _perform(letter_id, LetterAct.SEND_BACK, Permission.LETTER_SIGN_OFF, act)


@bp.post("/letters/<int:letter_id>/paper-review")
@needs(Permission.LETTER_DRAFT)
def paper_review(letter_id: int) -> ResponseReturnValue:
    """登记纸质审查意见."""
    return _paper(letter_id, LetterAct.PAPER_REVIEW, Step.REVIEW)


@bp.post("/letters/<int:letter_id>/paper-sign-off")
@needs(Permission.LETTER_DRAFT)
def paper_sign_off(letter_id: int) -> ResponseReturnValue:
    """登记纸质签发."""
    return _paper(letter_id, LetterAct.PAPER_SIGN_OFF, Step.SIGN_OFF)


@bp.post("/letters/<int:letter_id>/seal")
@needs(Permission.LETTER_DISPATCH)
def seal(letter_id: int) -> ResponseReturnValue:
    """用印."""

    def act(form: SealForm) -> Said:
        sign_off.seal(context(), letter_id, on=day_of(form.on), expected_version=form.expected_version)
        return _("已登记用印。"), _("下一步：寄发。")

    return _perform(letter_id, LetterAct.SEAL, Permission.LETTER_DISPATCH, act)


@bp.post("/letters/<int:letter_id>/dispatch")
@needs(Permission.LETTER_DISPATCH)
def dispatch(letter_id: int) -> ResponseReturnValue:
    """寄发."""

    def act(form: DispatchForm) -> Said:
        dispatching.dispatch(
            context(),
            letter_id,
            way=DispatchWay(form.way.data),
            on=day_of(form.on),
            mail_number=form.mail_number.data or "",
            expected_version=form.expected_version,
            reason=form.reason.data or None,
        )
        return _("已登记寄发。"), _("下一步：收到送达凭证后登记送达。")

    return _perform(letter_id, LetterAct.DISPATCH, Permission.LETTER_DISPATCH, act)


@bp.post("/letters/<int:letter_id>/delivery")
@needs(Permission.LETTER_DISPATCH)
def delivery(letter_id: int) -> ResponseReturnValue:
    """登记送达."""

    def act(form: DeliveryForm) -> Said:
        dispatching.record_delivery(
            context(),
            letter_id,
            delivery=dispatching.Delivery(day_of(form.on), form.to.data or "", upload_of(form.proof)),
            expected_version=form.expected_version,
            reason=form.reason.data or None,
        )
        return _("已登记送达。"), _("下一步：材料齐全后归档。")

    return _perform(letter_id, LetterAct.DELIVERY, Permission.LETTER_DISPATCH, act)


@bp.post("/letters/<int:letter_id>/returned")
@needs(Permission.LETTER_DISPATCH)
def returned(letter_id: int) -> ResponseReturnValue:
    """登记退件."""

    def act(form: ReturnedForm) -> Said:
        kind = ReturnKind(form.kind.data)
        dispatching.record_returned_mail(
            context(),
            letter_id,
            on=day_of(form.on),
            kind=kind,
            why=form.why.data or "",
            expected_version=form.expected_version,
        )
        return _("已登记退件，原交邮日期不变。"), tell(NEXT_STEPS[kind])

    return _perform(letter_id, LetterAct.RETURNED, Permission.LETTER_DISPATCH, act)


@bp.post("/letters/<int:letter_id>/void")
@needs(Permission.CASE_READ)
def void(letter_id: int) -> ResponseReturnValue:
    """作废."""
    right = right_to_void(get_letter(db.session(), actor(), letter_id))

    def act(form: VoidForm) -> Said:
        void_letter(
            context(), letter_id, reason=form.reason.data or "", expected_version=form.expected_version
        )
        return _("已作废，文号不再使用，原因已留存。"), _("需要的，重新拟稿或者制发。")

    return _perform(letter_id, LetterAct.VOID, right, act)


@bp.get("/letters/<int:letter_id>/pdf")
@needs(Permission.CASE_READ)
def pdf(letter_id: int) -> ResponseReturnValue:
    """The letter as it prints: the kept file of an issued one, else set on the spot."""
    return _file(letter_id, FileKind.LETTER_PDF)


@bp.get("/letters/<int:letter_id>/docx")
@needs(Permission.CASE_READ)
def docx(letter_id: int) -> ResponseReturnValue:
    """The same text for Word and WPS."""
    return _file(letter_id, FileKind.LETTER_DOCX)


@bp.get("/letters/<int:letter_id>/approval-sheet")
@needs(Permission.CASE_READ)
def approval_sheet(letter_id: int) -> ResponseReturnValue:
    """审查呈批单, to be printed."""
    return _file_form(letter_id, letter_forms.approval_sheet)


@bp.get("/letters/<int:letter_id>/delivery-receipt")
@needs(Permission.CASE_READ)
def delivery_receipt(letter_id: int) -> ResponseReturnValue:
    """送达回证, to be printed."""
    return _file_form(letter_id, letter_forms.delivery_receipt)


def _file_form(
    letter_id: int, make: Callable[[Context, Case, Letter], LetterDocument]
) -> ResponseReturnValue:
    ctx = context()
    letter, case = _get(letter_id)
    if case is None or not (letter.issued_content or letter.content):
        raise NotFound(_("这份公文没有呈批单和送达回证。"))
    document = make(ctx, case, letter)
    return _sent(ctx.adapters.renderer.pdf(document), PDF_TYPE, f"{document.title}.pdf")


def _paper(letter_id: int, act: LetterAct, step: Step) -> ResponseReturnValue:
    def record(form: PaperForm) -> Said:
        scan = upload_of(form.scan)
        assert scan is not None  # the form demands it
        paper = PaperApproval(
            form.paper_name.data or "", day_of(form.paper_on), scan, form.opinion.data or ""
        )
        legal_review.record_paper_approval(
            context(), letter_id, step=step, paper=paper, expected_version=form.expected_version
        )
        return _("已登记纸质呈批单。"), _("签字人和扫描件已记入案卷。")

    return _perform(letter_id, act, Permission.LETTER_DRAFT, record)


def _perform(
    letter_id: int, act: LetterAct, permission: Permission, verb: Callable[..., Said]
) -> ResponseReturnValue:
    """Parse, do, say what comes next; with faults the page comes back with everything typed."""
    get_letter(db.session(), actor(), letter_id, permission)
    form = FORMS[act](ids=str(act))
    if not form.validate():
        return _page(letter_id, act, form, 422)
    try:
        said = verb(form)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        if isinstance(error, Conflict):
            form.version.data = str(get_letter(db.session(), actor(), letter_id).version_id)
        return _page(letter_id, act, form, 409 if isinstance(error, Conflict) else 422)
    flash(said, "success")  # type: ignore[arg-type]  # a pair: what happened, what comes next
    return redirect(url_for("letters.show", letter_id=letter_id))


def _is_reply(letter_id: int) -> bool:
    return get_letter(db.session(), actor(), letter_id).is_reply


def _get(letter_id: int) -> tuple[Letter, Case | None]:
    letter = get_letter(db.session(), actor(), letter_id)
    return letter, db.session().get(Case, letter.case_id) if letter.case_id else None


def _page(
    letter_id: int, tried: LetterAct | None = None, form: TrackerForm | None = None, status: int = 200
) -> ResponseReturnValue:
    letter, case = _get(letter_id)
    acts = letter_acts(context(), case, letter)
    shown = acts.possible | ({tried} if tried else set())
    page = render_template(
        "pages/letters/show.html",
        view=letter_view(letter, case),
        acts={str(act): True for act in shown},
        own_hand=acts.own_hand,
        forms=OpenForms(letter, tried, form),
        together=_together(letter),
        model=_model(letter),
        may_mark=may_be_model(letter) and actor().may(Permission.LETTER_REVIEW, letter.organ_id),
        effects={
            "dispatch": tell(RULE_OF[Action.DISPATCH].effect),
            "delivery": tell(RULE_OF[Action.RECORD_DELIVERY].effect),
            "sign": tell(RULE_OF[Action.SIGN_OFF].effect),
        },
    )
    return page, status


def _model(letter: Letter) -> ModelFacts | None:
    """The model reply it was made into, as long as it is held up."""
    found = find_model_of(db.session(), letter.id) if letter.is_reply else None
    return found if found is not None and found.held_up else None


def _together(letter: Letter) -> list[str]:
    """Numbers of the other letters in the envelope this one is on its way in."""
    sent = next(
        (d for d in reversed(letter.dispatches) if d.returned_on is None and d.delivered_on is None), None
    )
    ids = dispatching.letters_of_item(db.session(), sent) if sent is not None else ()
    return list_numbers(db.session(), ids)


def _file(letter_id: int, kind: FileKind) -> ResponseReturnValue:
    ctx = context()
    letter, _case = _get(letter_id)
    content = letter.issued_content or letter.content
    if not content:
        raise NotFound(_("这份公文的正文未存。"))
    kept = find_rendered(ctx, letter, kind)
    if kept is not None:
        opened = open_file(ctx, kept.id)
        return _sent(opened.content, opened.media_type, opened.filename)
    document = LetterDocument.from_data(content)
    renderer = ctx.adapters.renderer
    if kind is FileKind.LETTER_PDF:
        return _sent(renderer.pdf(document), PDF_TYPE, f"{document.title}.pdf")
    return _sent(renderer.docx(document), DOCX_TYPE, f"{document.title}.docx")


def _sent(content: bytes, media_type: str, name: str) -> ResponseReturnValue:
    return send_file(
        BytesIO(content), mimetype=media_type, as_attachment=media_type != PDF_TYPE, download_name=name
    )
