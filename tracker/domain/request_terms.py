"""Words of the application form (Art 27, 29, 31): channel, applicant, identity document, way of supply."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class Channel(StrEnum):
    """申请渠道: decides which day counts as the day of receipt (Art 31)."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    REGISTERED_MAIL = "registered_mail"
    ORDINARY_MAIL = "ordinary_mail"
    PORTAL = "portal"
    EMAIL = "email"
    FAX = "fax"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.IN_PERSON: N_("当面"),
    Channel.ORAL: N_("口头"),
    Channel.REGISTERED_MAIL: N_("邮寄(挂号)"),
    Channel.ORDINARY_MAIL: N_("邮寄(平信)"),
    Channel.PORTAL: N_("网络"),
    Channel.EMAIL: N_("电子邮件"),
    Channel.FAX: N_("传真"),
}


class LegalKind(StrEnum):
    """Who may apply (Art 27): 公民, 法人, 其他组织."""

    CITIZEN = "citizen"
    LEGAL_PERSON = "legal_person"
    OTHER_ORGANISATION = "other_organisation"


LEGAL_KIND_NAMES: dict[LegalKind, str] = {
    LegalKind.CITIZEN: N_("公民"),
    LegalKind.LEGAL_PERSON: N_("法人"),
    LegalKind.OTHER_ORGANISATION: N_("其他组织"),
}


class ReportKind(StrEnum):
    """申请人类别: the six columns of the annual table (国办公开办函〔2021〕30号), in their order."""

    NATURAL_PERSON = "natural_person"
    ENTERPRISE = "enterprise"
    RESEARCH = "research"
    PUBLIC_BENEFIT = "public_benefit"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"


REPORT_KIND_NAMES: dict[ReportKind, str] = {
    ReportKind.NATURAL_PERSON: N_("自然人"),
    ReportKind.ENTERPRISE: N_("商业企业"),
    ReportKind.RESEARCH: N_("科研机构"),
    ReportKind.PUBLIC_BENEFIT: N_("社会公益组织"),
    ReportKind.LEGAL_SERVICE: N_("法律服务机构"),
    ReportKind.OTHER: N_("其他"),
}

USUAL_LEGAL_KIND: dict[ReportKind, LegalKind] = {
    ReportKind.NATURAL_PERSON: LegalKind.CITIZEN,
    ReportKind.ENTERPRISE: LegalKind.LEGAL_PERSON,
    ReportKind.RESEARCH: LegalKind.LEGAL_PERSON,
    ReportKind.PUBLIC_BENEFIT: LegalKind.LEGAL_PERSON,
    ReportKind.LEGAL_SERVICE: LegalKind.OTHER_ORGANISATION,
    ReportKind.OTHER: LegalKind.OTHER_ORGANISATION,
}
"""The legal kind where a register gives only the column of the annual table (a law firm is no legal person)."""


class IdentityType(StrEnum):
    """证件类型 of an applicant. None at all is possible and never blocks a registration."""

    RESIDENT_ID = "resident_id"
    CREDIT_CODE = "credit_code"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGNER_ID = "foreigner_id"
    MILITARY_ID = "military_id"
    OTHER = "other"
    NONE = "none"


IDENTITY_TYPE_NAMES: dict[IdentityType, str] = {
    IdentityType.RESIDENT_ID: N_("居民身份证"),
    IdentityType.CREDIT_CODE: N_("统一社会信用代码"),
    IdentityType.PASSPORT: N_("护照"),
    IdentityType.HK_MACAO_PERMIT: N_("港澳居民来往内地通行证"),
    IdentityType.TAIWAN_PERMIT: N_("台湾居民来往大陆通行证"),
    IdentityType.FOREIGNER_ID: N_("外国人永久居留身份证"),
    IdentityType.MILITARY_ID: N_("军官证"),
    IdentityType.OTHER: N_("其他证件"),
    IdentityType.NONE: N_("无"),
}


class SupplyWay(StrEnum):
    """获取信息的方式: how the information is to reach the applicant (Art 29(3))."""

    POST = "post"
    HAND = "hand"
    PORTAL = "portal"
    EMAIL = "email"
    FAX = "fax"
    INSPECTION = "inspection"


SUPPLY_WAY_NAMES: dict[SupplyWay, str] = {
    SupplyWay.POST: N_("纸质邮寄"),
    SupplyWay.HAND: N_("当面领取"),
    SupplyWay.PORTAL: N_("网上获取"),
    SupplyWay.EMAIL: N_("电子邮件"),
    SupplyWay.FAX: N_("传真"),
    SupplyWay.INSPECTION: N_("现场查阅"),
}


class SupplyForm(StrEnum):
    """提供信息的形式 (Art 29(3), 40)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    DISC = "disc"


SUPPLY_FORM_NAMES: dict[SupplyForm, str] = {
    SupplyForm.PAPER: N_("纸质"),
    SupplyForm.ELECTRONIC: N_("电子文档"),
    SupplyForm.DISC: N_("光盘"),
}
