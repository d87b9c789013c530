"""One form an act; the table below names them."""

from __future__ import annotations

from tracker.domain.workflow import Action
from tracker.web.actions.forms.acceptance import AcceptForm, AssignForm
from tracker.web.actions.forms.advice import AskAdviceForm, GiveAdviceForm
from tracker.web.actions.forms.afterwards import (
    ChangeRetentionForm,
    HoldForm,
    OrderAnewForm,
    ReleaseHoldForm,
)
from tracker.web.actions.forms.amendment import AmendForm
from tracker.web.actions.forms.base import ActForm, LateActForm, Said
from tracker.web.actions.forms.challenges import (
    AnswerChallengeForm,
    CloseChallengeForm,
    RegisterChallengeForm,
    SetHearingForm,
)
from tracker.web.actions.forms.closing import AbandonForm, ArchiveForm, WithdrawForm
from tracker.web.actions.forms.consultation import ConsultForm, RecordConsultationForm
from tracker.web.actions.forms.correction import RecordCorrectionForm, RequestCorrectionForm
from tracker.web.actions.forms.evidence import CallForm, NoteForm, SearchForm, SecrecyForm
from tracker.web.actions.forms.extension import DecideExtensionForm, RequestExtensionForm
from tracker.web.actions.forms.fact_correction import CorrectFactForm
from tracker.web.actions.forms.fees import NotifyFeeForm, RecordPaymentForm
from tracker.web.actions.forms.justification import RecordJustificationForm, RequestJustificationForm
from tracker.web.actions.forms.supervision import AnswerChaseForm, ChaseForm
from tracker.web.actions.forms.undoing import UndoForm

FORMS: dict[Action, type[ActForm]] = {
    form.action: form
    for form in (
        AcceptForm,
        AssignForm,
        RequestCorrectionForm,
        RecordCorrectionForm,
        ConsultForm,
        RecordConsultationForm,
        RequestExtensionForm,
        DecideExtensionForm,
        NotifyFeeForm,
        RecordPaymentForm,
        RequestJustificationForm,
        RecordJustificationForm,
        SearchForm,
        SecrecyForm,
        CallForm,
        NoteForm,
        AmendForm,
        AbandonForm,
        WithdrawForm,
        ArchiveForm,
        UndoForm,
        CorrectFactForm,
        OrderAnewForm,
        HoldForm,
        ReleaseHoldForm,
        ChangeRetentionForm,
        ChaseForm,
        AnswerChaseForm,
        AskAdviceForm,
        GiveAdviceForm,
        RegisterChallengeForm,
        SetHearingForm,
        AnswerChallengeForm,
        CloseChallengeForm,
    )
}

__all__ = ["FORMS", "ActForm", "LateActForm", "Said"]
