"""Tables. Importing this package registers every one of them on ``Base.metadata``."""

from tracker.models.account import Account, RoleHolding, SignInAttempt, WebSession
from tracker.models.administration_watch import NotedAct, note_act, take_noted_acts
from tracker.models.administrative_act import AdministrativeAct, ChainAnchor, VoidedEntry
from tracker.models.alert import Alert, AlertPolicy, AlertWatch, DistrictRobot, OutboxMessage
from tracker.models.annual_report import AnnualReport, AnnualReportStep
from tracker.models.answer_draft import AnswerDraft
from tracker.models.applicant import Applicant, PersonalDataReading
from tracker.models.archive_package import ArchivePackage
from tracker.models.archived_file import ArchivedFile, PaperMaterial
from tracker.models.attachment import Attachment
from tracker.models.base import Base
from tracker.models.calendar import CalendarDay, CalendarEdition
from tracker.models.calendar_proposal import CalendarProposal
from tracker.models.case import Case, CaseItem
from tracker.models.case_key import CaseKey
from tracker.models.case_search import AttachmentText, CaseSearch
from tracker.models.challenge import Challenge
from tracker.models.chase import Chase
from tracker.models.clock import Clock
from tracker.models.computation_sheet import ComputationSheet
from tracker.models.consultation import Consultation
from tracker.models.correction import CorrectionNotice
from tracker.models.counter import Counter
from tracker.models.destruction import Destruction, DestructionDeferral, DestructionFile
from tracker.models.disclosure import DisclosureProposal, DisclosureProposalCase
from tracker.models.evidence import CallRecord, JustificationRequest, SearchRecord, SecrecyReview
from tracker.models.extension import Extension
from tracker.models.fee_notice import FeeNotice
from tracker.models.form_draft import FormDraft, SentForm
from tracker.models.handover import Handover, HandoverCase
from tracker.models.job import JobHeartbeat
from tracker.models.knowledge import ModelReply, ModelReplyGround, RefusalReview
from tracker.models.ledger import LedgerHeading, LedgerImport, LedgerRow
from tracker.models.legal_review import AdviceQuestion, LegalReview, ReviewComment
from tracker.models.letter import Dispatch, Letter, LetterTemplate, LetterTemplateVersion
from tracker.models.list_export import ListExport
from tracker.models.log_entry import EntryText, NamedPerson, StoredEntry
from tracker.models.mail_item import MailItem
from tracker.models.organ import Organ
from tracker.models.points_rule import PointsRule
from tracker.models.practice import PracticeCase
from tracker.models.proactive import ProactiveFigures
from tracker.models.receipt import Receipt
from tracker.models.report_text import ReportText
from tracker.models.saved_statistic import SavedStatistic
from tracker.models.search_task import SearchTask
from tracker.models.search_watch import note_for_search, take_noted
from tracker.models.stand_in import StandIn
from tracker.models.subject import CaseSubject, Subject
from tracker.models.tally import CaseTally
from tracker.models.tally_keeping import tally_in, tally_out
from tracker.models.wording import StatuteChange, WordingCheck, WordingDraft

__all__ = [
    "Account",
    "AdministrativeAct",
    "AdviceQuestion",
    "Alert",
    "AlertPolicy",
    "AlertWatch",
    "AnnualReport",
    "AnnualReportStep",
    "AnswerDraft",
    "Applicant",
    "ArchivePackage",
    "ArchivedFile",
    "Attachment",
    "AttachmentText",
    "Base",
    "CalendarDay",
    "CalendarEdition",
    "CalendarProposal",
    "CallRecord",
    "Case",
    "CaseItem",
    "CaseKey",
    "CaseSearch",
    "CaseSubject",
    "CaseTally",
    "ChainAnchor",
    "Challenge",
    "Chase",
    "Clock",
    "ComputationSheet",
    "Consultation",
    "CorrectionNotice",
    "Counter",
    "Destruction",
    "DestructionDeferral",
    "DestructionFile",
    "DisclosureProposal",
    "DisclosureProposalCase",
    "Dispatch",
    "DistrictRobot",
    "EntryText",
    "Extension",
    "FeeNotice",
    "FormDraft",
    "Handover",
    "HandoverCase",
    "JobHeartbeat",
    "JustificationRequest",
    "LedgerHeading",
    "LedgerImport",
    "LedgerRow",
    "LegalReview",
    "Letter",
    "LetterTemplate",
    "LetterTemplateVersion",
    "ListExport",
    "MailItem",
    "ModelReply",
    "ModelReplyGround",
    "NamedPerson",
    "NotedAct",
    "Organ",
    "OutboxMessage",
    "PaperMaterial",
    "PersonalDataReading",
    "PointsRule",
    "PracticeCase",
    "ProactiveFigures",
    "Receipt",
    "RefusalReview",
    "ReportText",
    "ReviewComment",
    "RoleHolding",
    "SavedStatistic",
    "SearchRecord",
    "SearchTask",
    "SecrecyReview",
    "SentForm",
    "SignInAttempt",
    "StandIn",
    "StatuteChange",
    "StoredEntry",
    "Subject",
    "VoidedEntry",
    "WebSession",
    "WordingCheck",
    "WordingDraft",
    "note_act",
    "note_for_search",
    "take_noted",
    "take_noted_acts",
    "tally_in",
    "tally_out",
]
