"""Roles (岗位) and what each may do. The table below is the only place that grants anything."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class Role(StrEnum):
    """岗位 of a person in an organ."""

    CLERK = "clerk"
    APPROVER = "approver"
    DISCLOSURE_HEAD = "disclosure_head"
    LEGAL_ADVISOR = "legal_advisor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_NAMES: dict[Role, str] = {
    Role.CLERK: N_("经办人"),
    Role.APPROVER: N_("签发人"),
    Role.DISCLOSURE_HEAD: N_("工作机构负责人"),
    Role.LEGAL_ADVISOR: N_("法律顾问"),
    Role.SUPERVISOR: N_("督查"),
    Role.ADMINISTRATOR: N_("管理员"),
    Role.AUDITOR: N_("审计"),
}


class Permission(StrEnum):
    """What may be granted, as subject.verb."""

    CASE_READ = "case.read"
    CASE_REGISTER = "case.register"
    CASE_HANDLE = "case.handle"
    CASE_ASSIGN = "case.assign"
    HANDOVER_OFFER = "handover.offer"
    HANDOVER_ARRANGE = "handover.arrange"
    STAND_IN_NAME = "stand_in.name"
    STAND_IN_ARRANGE = "stand_in.arrange"
    CASE_ARCHIVE = "case.archive"
    DESTRUCTION_PROPOSE = "destruction.propose"
    DESTRUCTION_CONFIRM = "destruction.confirm"
    CASE_CORRECT_FACT = "case.correct_fact"
    CASE_ORDER_ANEW = "case.order_anew"
    CASE_HOLD = "case.hold"
    CASE_CHASE = "case.chase"
    CHASE_ANSWER = "chase.answer"
    SUPERVISION_READ = "supervision.read"
    ASSESSMENT_RULE = "assessment.rule"
    STATISTIC_SHARE = "statistic.share"
    SUBJECT_KEEP = "subject.keep"
    REFUSAL_REVIEW = "refusal.review"
    DISCLOSURE_PROPOSE = "disclosure.propose"
    DISCLOSURE_DECIDE = "disclosure.decide"
    SHEET_ISSUE = "sheet.issue"
    CHALLENGE_HANDLE = "challenge.handle"
    EXTENSION_APPROVE = "extension.approve"
    LETTER_DRAFT = "letter.draft"
    LETTER_REVIEW = "letter.review"
    REVIEW_WAIVE = "letter.waive_review"
    REVIEW_FIGURES = "review.figures"
    LETTER_SIGN_OFF = "letter.sign_off"
    LETTER_DISPATCH = "letter.dispatch"
    PERSON_UNMASK = "person.unmask"
    LEDGER_IMPORT = "ledger.import"
    LEDGER_EXPORT = "ledger.export"
    REPORT_READ = "report.read"
    REPORT_SUBMIT = "report.submit"
    REPORT_FILL = "report.fill"
    REPORT_COLLECT = "report.collect"
    TEMPLATE_READ = "template.read"
    TEMPLATE_EDIT = "template.edit"
    TEMPLATE_EDIT_LOCAL = "template.edit_local"
    TEMPLATE_REVIEW = "template.review"
    STATUTE_CHANGE = "statute.change"
    CALENDAR_READ = "calendar.read"
    CALENDAR_MANAGE = "calendar.manage"
    CALENDAR_CONFIRM = "calendar.confirm"
    ACCOUNT_MANAGE = "account.manage"
    ORGAN_MANAGE = "organ.manage"
    AUDIT_READ = "audit.read"


_OFFICE = frozenset({Permission.CASE_READ, Permission.CALENDAR_READ, Permission.TEMPLATE_READ})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: _OFFICE
    | {
        Permission.CASE_REGISTER,
        Permission.CASE_HANDLE,
        Permission.CASE_ASSIGN,
        Permission.HANDOVER_OFFER,
        Permission.STAND_IN_NAME,
        Permission.CASE_ARCHIVE,
        Permission.DESTRUCTION_PROPOSE,
        Permission.CHASE_ANSWER,
        Permission.CHALLENGE_HANDLE,
        Permission.LETTER_DRAFT,
        Permission.LETTER_DISPATCH,
        Permission.REFUSAL_REVIEW,
        Permission.DISCLOSURE_PROPOSE,
        Permission.SHEET_ISSUE,
        Permission.PERSON_UNMASK,
        Permission.REPORT_READ,
        Permission.REPORT_FILL,
        Permission.LEDGER_EXPORT,
    },
    Role.APPROVER: _OFFICE
    | {
        Permission.LETTER_SIGN_OFF,
        Permission.DESTRUCTION_CONFIRM,
        Permission.STAND_IN_NAME,
        Permission.CASE_ASSIGN,
        Permission.SUPERVISION_READ,
        Permission.REPORT_READ,
    },
    Role.DISCLOSURE_HEAD: _OFFICE
    | {
        Permission.SUPERVISION_READ,
        Permission.STATISTIC_SHARE,
        Permission.TEMPLATE_EDIT_LOCAL,
        Permission.REVIEW_WAIVE,
        Permission.REVIEW_FIGURES,
        Permission.DESTRUCTION_PROPOSE,
        Permission.DESTRUCTION_CONFIRM,
        Permission.EXTENSION_APPROVE,
        Permission.CHASE_ANSWER,
        Permission.CASE_ASSIGN,
        Permission.HANDOVER_OFFER,
        Permission.HANDOVER_ARRANGE,
        Permission.STAND_IN_NAME,
        Permission.STAND_IN_ARRANGE,
        Permission.CASE_CORRECT_FACT,
        Permission.CASE_ORDER_ANEW,
        Permission.CHALLENGE_HANDLE,
        Permission.CASE_HOLD,
        Permission.REFUSAL_REVIEW,
        Permission.DISCLOSURE_PROPOSE,
        Permission.DISCLOSURE_DECIDE,
        Permission.SHEET_ISSUE,
        Permission.PERSON_UNMASK,
        Permission.REPORT_READ,
        Permission.REPORT_FILL,
        Permission.REPORT_SUBMIT,
        Permission.LEDGER_EXPORT,
    },
    Role.LEGAL_ADVISOR: _OFFICE
    | {
        Permission.LETTER_REVIEW,
        Permission.DISCLOSURE_PROPOSE,
        Permission.REVIEW_FIGURES,
        Permission.STAND_IN_NAME,
        Permission.TEMPLATE_REVIEW,
        Permission.SHEET_ISSUE,
    },
    Role.SUPERVISOR: _OFFICE
    | {
        Permission.SUPERVISION_READ,
        Permission.DISCLOSURE_PROPOSE,
        Permission.STATISTIC_SHARE,
        Permission.SUBJECT_KEEP,
        Permission.CASE_CHASE,
        Permission.DESTRUCTION_CONFIRM,
        Permission.CASE_HOLD,
        Permission.ASSESSMENT_RULE,
        Permission.REVIEW_FIGURES,
        Permission.STATUTE_CHANGE,
        Permission.TEMPLATE_EDIT,
        Permission.CALENDAR_CONFIRM,
        Permission.SHEET_ISSUE,
        Permission.PERSON_UNMASK,
        Permission.REPORT_READ,
        Permission.REPORT_COLLECT,
        Permission.LEDGER_IMPORT,
        Permission.LEDGER_EXPORT,
    },
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_MANAGE,
            Permission.STAND_IN_NAME,
            Permission.STAND_IN_ARRANGE,
            Permission.ORGAN_MANAGE,
            Permission.CALENDAR_READ,
            Permission.CALENDAR_MANAGE,
            Permission.CALENDAR_CONFIRM,
            Permission.TEMPLATE_READ,
            Permission.STATUTE_CHANGE,
        }
    ),
    Role.AUDITOR: _OFFICE
    | {
        Permission.AUDIT_READ,
        Permission.REVIEW_FIGURES,
        Permission.SUPERVISION_READ,
        Permission.REPORT_READ,
    },
}

DISTRICT_WIDE: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles whose grants count for every organ, whichever organ the person sits in."""


LENT: frozenset[Permission] = frozenset(
    {
        Permission.CASE_HANDLE,
        Permission.CASE_ASSIGN,
        Permission.CASE_ARCHIVE,
        Permission.CHASE_ANSWER,
        Permission.CHALLENGE_HANDLE,
        Permission.LETTER_DRAFT,
        Permission.LETTER_DISPATCH,
        Permission.SHEET_ISSUE,
        Permission.PERSON_UNMASK,
    }
)
"""What a handler may do with a case in hand, and therefore their stand-in (代岗) with that case while it lasts. Review,
sign-off and approval of extensions are never lent: they need the role itself."""

STANDING_IN: frozenset[Role] = frozenset(role for role in Role if role not in DISTRICT_WIDE)
"""Roles of an organ's own people, who may be stood in for and may stand in for a colleague."""


APART: frozenset[Role] = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""三员分立: who manages and who reads what was managed are never one account."""


def permissions_of(role: Role) -> frozenset[Permission]:
    """What a role grants."""
    return GRANTS[role]
