"""What an importer says about a row: the column, the fault in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.ledger_columns import Column
from tracker.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Defect:
    """One fault of one cell; ``template`` is a Chinese message id with named parameters."""

    column: Column
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The text in Chinese."""
        return self.template % self.params if self.params else self.template


EMPTY = N_("“%(column)s”为空，请补填。")
NO_SUCH_DATE = N_("“%(column)s”写的“%(value)s”不是有效日期，请核对，写成 2023-01-04 这样的日期。")
IN_FUTURE = N_("“%(column)s”%(on)s 晚于今天（%(today)s），尚未发生的事不能导入，请核对日期。")
BEFORE_RECEIPT = N_("“%(column)s”%(on)s 早于收到日期 %(received_on)s，请核对这两个日期。")
BEFORE_OTHER = N_("“%(column)s”%(on)s 早于“%(other)s”%(other_on)s，先后颠倒，请核对这两个日期。")
WITHOUT_OTHER = N_("填了“%(column)s”，但“%(other)s”为空，请补填“%(other)s”或者删去“%(column)s”。")
UNKNOWN_VALUE = N_("“%(column)s”写的“%(value)s”不在可选范围内，请改为：%(known)s。")
UNKNOWN_ORGAN = N_(
    "“%(column)s”写的“%(value)s”不是本系统登记的行政机关，请核对机关全称，或者先由管理员添加该机关。"
)
UNKNOWN_OUTCOME = N_(
    "“%(column)s”写的“%(value)s”不是年度报告规定的办理结果，请改为如“予以公开”“不予公开-属于国家秘密”的规范名称。"
)
TOO_LONG = N_("“%(column)s”有 %(length)d 个字，最多 %(limit)d 个字，请删减。")
NO_OUTCOME = N_("填了“答复日期”，但“办理结果”为空，请补填办理结果；尚未答复的，请删去答复日期。")
NO_REPLY_DATE = N_("填了“办理结果”，但“答复日期”为空，请补填答复日期；尚未答复的，请删去办理结果。")
BAD_DAYS = N_("“延长工作日”写的“%(value)s”不是大于零的整数，请核对，一般不超过 20。")
SEQUENCE_TWICE = N_(
    "“序号”%(sequence)d 已在第 %(row)d 行用过，请核对两行是否重复登记；确为两件的，请改正序号。"
)
REFUSED = N_("“%(column)s”%(on)s 无法登记：%(refusal)s")

NO_SEQUENCE = N_("“序号”为空或者不是整数，已按行号导入，请核对。")
WRONG_CHECK_DIGIT = N_("“证件号码”的校验码不对，已照原样导入，请对照证件核对。")
WRONG_SHAPE = N_("“证件号码”的位数或字符不对，已照原样导入，请对照证件核对。")
DIGITS_LOST = N_("“证件号码”在表格中存成了数字，末几位可能已经丢失，请对照证件核对。")
UNKNOWN_KEPT = N_("“%(column)s”写的“%(value)s”系统不认识，已按“%(taken_as)s”导入，请核对。")
CONSULTED_TAKEN = N_("“征求意见对象”没有写明是第三方还是其他机关，已按第三方导入，请核对。")
CONSULTED_ONLY = N_("填了“征求意见对象”，但没有发出日期，未计入期限，请核对。")
REVIEW_AFTER_REPLY = N_("“审查通过日期”晚于“答复日期”，已如实导入，请核对。")
ARCHIVED_UNDELIVERED = N_("填了“归档日期”，但没有送达日期，已如实导入，请核对送达凭证。")
NO_DOCUMENT_NUMBER = N_("已经答复，但“答复文号”为空，已如实导入，请核对。")
ODD_DOCUMENT_NUMBER = N_(
    "“答复文号”写的“%(value)s”不是“%(prefix)s〔年份〕序号号”的格式，已照原样导入，请核对。"
)
FOREIGN_PREFIX = N_("“答复文号”的机关代字“%(prefix)s”不是%(organ)s的“%(expected)s”，已照原样导入，请核对。")
NUMBER_TWICE = N_("“答复文号”“%(value)s”已用于另一件申请，已如实导入，请核对。")
CONTRADICTS = N_("“%(column)s”与系统中%(number)s已有的记录不同，未作改动；系统记录有误的，请用“更正事实”。")
WORKED_ON = N_("%(number)s已在系统中办理，台账中的新情况没有导入，请在系统中登记。")
NOT_CONTINUED = N_("这件申请系统中已有记录，台账中的新情况无法补记：%(refusal)s")
BREACH = N_("违法情形，已如实导入并记录：%(breach)s")
