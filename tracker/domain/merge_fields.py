# ruff: noqa: E501  one field a line; samples are whole sentences
"""合并字段: the listed vocabulary from which letter templates may take facts. A name that is not here is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class Source(StrEnum):
    """Where a fact comes from: the ``case`` and its people, the ``organ``, a ``record`` of work done, or the
    ``ground`` the drafter states."""

    CASE = "case"
    ORGAN = "organ"
    RECORD = "record"
    GROUND = "ground"


class Entry(StrEnum):
    """How a ground is typed in: a line, a paragraph, a day, or one of listed choices."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One fact a template may use: its name, what it means, a sample, and how it is typed."""

    name: str
    label: str
    sample: str
    source: Source = Source.GROUND
    entry: Entry = Entry.LINE
    choices: tuple[str, ...] = ()
    help: str = ""


def _case(name: str, label: str, sample: str) -> MergeField:
    return MergeField(name, label, sample, Source.CASE)


def _organ(name: str, label: str, sample: str) -> MergeField:
    return MergeField(name, label, sample, Source.ORGAN)


def _record(name: str, label: str, sample: str) -> MergeField:
    return MergeField(name, label, sample, Source.RECORD)


def _day(name: str, label: str, sample: str) -> MergeField:
    return MergeField(name, label, sample, entry=Entry.DAY)


def _text(name: str, label: str, sample: str, help: str = "") -> MergeField:
    return MergeField(name, label, sample, entry=Entry.PARAGRAPH, help=help)


def _choice(name: str, label: str, *choices: str) -> MergeField:
    return MergeField(name, label, choices[0], entry=Entry.CHOICE, choices=choices)


_FIELDS = (
    _case("applicant", N_("申请人"), "张三"),
    _case("you", N_("对申请人的称呼"), "你"),
    _case("case_number", N_("受理号"), "椒民公开受〔2026〕12号"),
    _case("received_on", N_("收到申请之日"), "2026年11月2日"),
    _case("channel", N_("申请渠道"), "邮寄(挂号)"),
    _case("description", N_("申请公开的信息"), "2025年椒江区城乡低保资金发放明细"),
    _case("item", N_("本项申请内容"), "2025年椒江区城乡低保资金发放明细"),
    _case("due_on", N_("答复期限届满日"), "2026年11月30日"),
    _case("corrected_on", N_("收到补正之日"), "2026年11月16日"),
    _case("disposition_name", N_("办理结果"), "予以公开"),
    _case("handler", N_("经办人"), "陈静"),
    _organ("organ", N_("本机关"), "椒江区民政局"),
    _organ("organ_address", N_("本机关地址"), "台州市椒江区市府大道500号"),
    _organ("organ_postcode", N_("本机关邮政编码"), "318000"),
    _organ("organ_contact", N_("本机关联系科室（人）"), "政务公开科"),
    _organ("organ_phone", N_("本机关联系电话"), "0576-88000000"),
    _record("search_places", N_("检索范围"), "本机关档案室、电子公文系统、业务科室文件柜"),
    _record("search_keywords", N_("检索关键词"), "低保、资金发放、明细"),
    _record("correction_notice_on", N_("补正告知日期"), "2026年11月4日"),
    _record("correction_due_on", N_("补正期限"), "2026年11月18日"),
    _record("fee_notice_on", N_("收费通知日期"), "2026年11月4日"),
    _record("fee_amount", N_("信息处理费金额（元）"), "2200"),
    _record("fee_due_on", N_("缴费期限届满日"), "2026年12月2日"),
    _record("justification_requested_on", N_("要求说明理由的日期"), "2026年11月4日"),
    _record("refusal_clause", N_("不予公开部分适用的规定"), "属于《中华人民共和国政府信息公开条例》第十五条规定的信息"),
    # what the drafter states
    _text("public_where", N_("公开的方式和途径"), "椒江区人民政府门户网站“政府信息公开—法定主动公开内容—社会救助”栏目", N_("写明网址、栏目或者查阅地点。")),
    _text("disclosed_content", N_("提供的信息"), "《2025年椒江区城乡低保资金发放情况汇总表》1份，共3页"),
    _text("supply_how", N_("提供的方式、途径和时间"), "随本告知书以纸质形式一并邮寄提供"),
    _text("open_part", N_("公开的部分"), "低保资金发放汇总数据"),
    _text("refused_part", N_("不予公开的部分"), "低保对象姓名、身份证号码和银行账号"),
    _text("refusal_reason", N_("不予公开的理由"), "公开后将使特定自然人的家庭经济状况为他人知悉"),
    _text("secret_reason", N_("认定为国家秘密的理由"), "经保密审查，该信息已依法确定为国家秘密且尚未解密", N_("只写结论性理由，不得写入涉密内容；密级和定密依据留存内部案卷。")),
    _text("forbidding_law", N_("禁止公开的法律、行政法规及条款"), "《中华人民共和国统计法》第二十八条", N_("写明名称和条、款、项。")),
    _choice("safety_kind", N_("可能危及的方面"), N_("国家安全"), N_("公共安全"), N_("经济安全"), N_("社会稳定")),
    _choice("third_party_kind", N_("涉及的第三方权益"), N_("个人隐私"), N_("商业秘密"), N_("商业秘密、个人隐私")),
    _choice("third_party_answer", N_("第三方的意见"), N_("不同意公开且理由合理"), N_("逾期未提出意见，本机关经审查认为公开会对其合法权益造成损害")),
    _choice("internal_kind", N_("内部事务信息的类别"), N_("人事管理"), N_("后勤管理"), N_("内部工作流程")),
    _choice("process_kind", N_("过程性信息的类别"), N_("讨论记录"), N_("过程稿"), N_("磋商信函"), N_("请示报告")),
    _text("special_rule", N_("另有规定的法律、行政法规"), "《不动产登记暂行条例》第二十七条"),
    _text("special_place", N_("查询的机构和地点"), "台州市不动产登记服务中心椒江分中心（地址：椒江区……，电话：0576-……）"),
    _text("not_ours_reason", N_("不属于本机关负责公开的理由"), "该信息由椒江区财政局制作并保存"),
    MergeField("other_organ", N_("负责公开该信息的行政机关"), "椒江区财政局", help=N_("能够确定的，应当告知名称和联系方式。")),
    MergeField("other_organ_contact", N_("该行政机关的联系方式"), "地址：椒江区……，电话：0576-……"),
    _text("creation_reason", N_("需要另行制作、加工的情况"), "本机关未按申请所列口径进行过统计，现有记录需逐份汇总、分析方能形成"),
    _text("unclear_points", N_("补正后仍不明确之处"), "未能指明所需文件的名称、文号或者其他便于查询的特征"),
    _text("proper_channel", N_("可以通过的渠道"), "浙江省信访和诉求服务平台或者12345政务服务便民热线"),
    MergeField("earlier_number", N_("此前答复的文号"), "椒民公开〔2026〕3号"),
    _day("earlier_on", N_("此前答复的日期"), "2026年3月12日"),
    MergeField("publication_title", N_("公开出版物名称"), "《椒江年鉴（2025）》"),
    _text("publication_where", N_("获取的途径"), "可以到椒江区图书馆查阅或者通过公开渠道购买"),
    _text("excess_facts", N_("申请数量、频次的事实"), "你自2026年1月以来已向本机关提出政府信息公开申请86件"),
    _text("excess_reason", N_("理由不合理的认定"), "你未在期限内说明理由，所提申请内容多次重复、明显超过合理范围"),
    _text("earlier_obtained", N_("申请人已获取该信息的情况"), "你已于2026年3月通过本机关《政府信息公开告知书》（椒民公开〔2026〕3号）获取该信息"),
    _text("other_reason", N_("处理情况和理由"), "你于2026年11月10日书面撤回申请，本机关不再处理"),
    # notices
    _text("correction_items", N_("需要补正的事项"), "补充说明所需政府信息的名称、文号或者便于本机关查询的其他特征性描述"),
    _text("correction_guidance", N_("补正的理由和指引"), "你所述“相关文件”指向多个年度、多类材料，可以按文件名称或者形成年份加以说明"),
    _text("justification_facts", N_("申请数量、频次的事实"), "你自2026年1月以来已向本机关提出政府信息公开申请86件"),
    _day("justification_due_on", N_("说明理由的期限"), "2026年11月18日"),
    _text("extension_reason", N_("延期的理由"), "所涉信息年代较早、数量较多，需要进一步检索、核实"),
    MergeField("extension_days", N_("延长的工作日"), "20"),
    _day("extended_due_on", N_("延长后的期限届满日"), "2026年12月28日"),
    MergeField("party", N_("被征求意见的第三方（机关）"), "台州市椒江区某某有限公司"),
    _text("consult_subject", N_("征求意见的信息"), "你单位与本机关签订的《养老服务设施运营合同》"),
    _choice("interest_kind", N_("可能涉及的权益"), N_("商业秘密"), N_("个人隐私"), N_("商业秘密、个人隐私")),
    _choice("organ_relation", N_("与该信息的关系"), N_("共同制作"), N_("其他机关")),
    _text("disclosure_reason", N_("仍予公开的理由"), "不公开将对公共利益造成重大影响"),
    MergeField("fee_basis", N_("计费方式"), "按件计收"),
    MergeField("fee_quantity", N_("件数（页数）"), "31件"),
    _text("fee_tariff", N_("收费标准"), "同一申请人一个自然月内累计申请10件以下（含10件）的不收费；11—30件（含30件）的部分每件100元；31件以上的部分以10件为一档，每增加一档，收费标准提高100元/件"),
    _text("fee_way", N_("缴费方式"), "凭非税收入缴款书到指定银行缴纳，资金全额上缴国库"),
    MergeField("sender", N_("寄件人"), "李四"),
    MergeField("addressed_to", N_("信件载明的收件机关"), "椒江区财政局"),
    MergeField("forwarded_to", N_("转交的机关"), "椒江区财政局"),
    _day("arrived_on", N_("本机关收到日期"), "2026年11月2日"),
    _text("mail_summary", N_("信件内容摘要"), "政府信息公开申请1份"),
    MergeField("mail_number", N_("邮件号"), "EX951202720CN"),
    MergeField("served_title", N_("送达文书名称"), "政府信息公开告知书"),
    MergeField("served_number", N_("送达文书文号"), "椒民公开〔2026〕8号"),
    MergeField("served_way", N_("送达方式"), "邮寄（挂号信）"),
    MergeField("drafted_on", N_("拟稿日期"), "2026年11月20日"),
    _text("review_opinion", N_("合法性审查意见"), "同意。徐律师　2026年11月21日"),
    _text("approval_opinion", N_("签发意见"), "同意签发。王国强　2026年11月23日"),
    _text("secrecy_opinion", N_("保密审查意见"), "经审查，不涉及国家秘密，可以公开。"),
    MergeField("wrong_text", N_("原文的错误文字"), "2025年11月2日"),
    MergeField("right_text", N_("更正后的文字"), "2026年11月2日"),
    _text("supplement_reason", N_("补充答复的原因"), "答复后又检索到属于申请范围的材料"),
    MergeField("agent", N_("代办人"), "李四"),
    _text("agent_scope", N_("代为办理的事项"), "代为提交申请、接收告知和答复文书", N_("以授权委托书载明的事项为准。")),
    _text("record_concerned", N_("要求更正的记录"), "低保对象信息登记表中的家庭人口数"),
    _choice("record_decision", N_("更正申请的审核结果"), N_("情况属实，本机关已予更正"), N_("有关记录并无不准确之处，本机关不予更正"), N_("该记录不属于本机关职能范围，本机关已转送有权更正的行政机关处理"), N_("该记录不属于本机关职能范围，请向有权更正的行政机关提出")),
    _text("record_reason", N_("审核情况和理由"), "经核对户口簿和登记底册，登记的家庭人口数应为3人"),
    _text("task_request", N_("请求协助的事项"), "检索2025年城乡低保资金发放的有关材料，并对能否公开提出意见"),
    _day("task_due_on", N_("反馈期限"), "2026年11月9日"),
    _day("search_on", N_("检索日期"), "2026年11月6日"),
    MergeField("search_by", N_("检索人"), "陈静"),
    _text("search_result", N_("检索结果"), "未检索到所申请的政府信息"),
    _text("supply_items", N_("提供的政府信息清单"), "《2025年椒江区城乡低保资金发放情况汇总表》1份，共3页"),
    _text("severed_parts", N_("作区分处理的情况"), "已隐去低保对象姓名、身份证号码和银行账号"),
    _text("supply_notes", N_("对提供材料的说明"), "表中金额单位为元，数据截至2025年12月31日"),
)  # fmt: skip

FIELDS: dict[str, MergeField] = {f.name: f for f in _FIELDS}

SAMPLES: dict[str, str] = {f.name: f.sample for f in _FIELDS}
