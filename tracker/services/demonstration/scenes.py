"""The requests of the demonstration: whose, about what, how long ago received, how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.request_terms import Channel, ReportKind
from tracker.services.demonstration import plots
from tracker.services.demonstration.plots import Plot

_POST, _LETTER, _WEB = Channel.REGISTERED_MAIL, Channel.ORDINARY_MAIL, Channel.PORTAL
_DESK, _ORAL, _MAIL, _FAX = Channel.IN_PERSON, Channel.ORAL, Channel.EMAIL, Channel.FAX
_FIRM, _LAW = ReportKind.ENTERPRISE, ReportKind.LEGAL_SERVICE
_SCIENCE, _CHARITY, _ELSE = ReportKind.RESEARCH, ReportKind.PUBLIC_BENEFIT, ReportKind.OTHER


@dataclass(frozen=True, slots=True)
class Scene:
    """One request. ``back``: working days since its receipt; ``template``: letter of its reply, if any."""

    organ: str
    plot: Plot
    back: int
    subject: str
    channel: Channel = _POST
    template: str = ""
    kind: ReportKind = ReportKind.NATURAL_PERSON
    joint: bool = False


SCENES: tuple[Scene, ...] = (
    # 区民政局：各个环节、各色灯
    Scene("MZJ", plots.registered, 0, "2025 年度全区困难群众临时救助资金发放汇总表", _WEB),
    Scene("MZJ", plots.registered, 1, "葭沚街道居家养老服务中心建设补助的批准文件", _POST, kind=_FIRM),
    Scene("MZJ", plots.accepted, 3, "区级公益性公墓价格核定的会议纪要", _WEB),
    Scene("MZJ", plots.accepted, 20, "2019 年社会组织年检结果公示清单", _LETTER),
    Scene("MZJ", plots.searched, 6, "某村村民委员会换届选举结果备案材料", _DESK),
    Scene("MZJ", plots.searched, 17, "2022 年至 2024 年城乡低保对象动态管理统计", _WEB, kind=_SCIENCE),
    Scene("MZJ", plots.chased, 23, "2018 年度养老机构运营补贴发放明细", _POST),
    Scene("MZJ", plots.awaiting_correction, 8, "与本人有关的全部文件", _POST),
    Scene("MZJ", plots.correction_lapsing, 19, "贵局历年所有会议记录", _WEB),
    Scene("MZJ", plots.corrected, 14, "海门老街地名命名、更名的批复", _DESK),
    Scene("MZJ", plots.consulting, 12, "与某公司签订的养老服务设施运营合同", _WEB, kind=_LAW),
    Scene("MZJ", plots.extension_asked, 16, "2010 年至 2015 年殡葬改革资金拨付文件", _POST),
    Scene("MZJ", plots.extended, 24, "2008 年撤村建居的请示与批复", _POST, kind=_ELSE),
    Scene("MZJ", plots.drafting, 9, "2024 年福彩公益金使用情况", _WEB, "disclosed", _CHARITY),
    Scene("MZJ", plots.under_review, 11, "某养老院 2024 年行政检查记录", _POST, "refused_enforcement_file"),
    Scene("MZJ", plots.under_review, 18, "2023 年低保对象名册", _WEB, "partly_disclosed", _LAW),
    Scene("MZJ", plots.returned, 13, "区民政局 2025 年内部考核办法", _POST, "refused_internal"),
    Scene("MZJ", plots.to_sign, 15, "婚姻登记档案查询依据", _DESK, "refused_enquiry"),
    Scene("MZJ", plots.to_sign, 19, "某基金会设立登记材料", _WEB, "disclosed", _FIRM),
    Scene("MZJ", plots.to_seal, 12, "2025 年养老服务补贴标准文件", _WEB, "already_public"),
    Scene("MZJ", plots.to_post, 18, "某社区居家养老照料中心竣工验收资料", _POST, "not_existing", joint=True),
    Scene("MZJ", plots.posted, 16, "2021 年残疾人两项补贴资金拨付凭证", _POST, "disclosed"),
    Scene("MZJ", plots.returned_mail, 14, "本人户籍所在村的区划调整文件", _LETTER, "not_ours"),
    Scene("MZJ", plots.to_hand_over, 13, "本人 2024 年临时救助审批表", _DESK, "disclosed"),
    Scene("MZJ", plots.delivered, 18, "2020 年慈善总会捐赠款物公示", _WEB, "already_public", _CHARITY),
    Scene("MZJ", plots.archived, 40, "2023 年度社会救助资金绩效评价报告", _POST, "disclosed"),
    Scene("MZJ", plots.abandoned, 30, "贵局掌握的所有信息", _WEB),
    Scene("MZJ", plots.withdrawn, 22, "某小区社区用房移交文件", _DESK),
    # 其他机关
    Scene("CZJ", plots.registered, 2, "2025 年区级部门预算调整方案", _WEB),
    Scene("CZJ", plots.searched, 18, "2024 年土地出让收支决算表", _POST),
    Scene("CZJ", plots.consulting_organ, 10, "某专项资金审计整改情况", _WEB, kind=_FIRM),
    Scene("CZJ", plots.to_sign, 14, "2022 年政府购买服务目录", _MAIL, "already_public"),
    Scene("CZJ", plots.archived, 50, "2024 年“三公”经费决算公开的依据", _WEB, "already_public"),
    Scene("CZJ", plots.ordered_anew, 45, "某项目财政投资评审报告", _POST, "refused_process", _FIRM),
    Scene("JSJ", plots.accepted, 15, "滨海大道北延工程施工许可证和中标通知书", _WEB, kind=_FIRM),
    Scene("JSJ", plots.consulting_unproved, 11, "心海未来社区施工总承包合同", _POST),
    Scene("JSJ", plots.consulted, 17, "老旧小区改造工程结算审核书", _WEB, kind=_LAW),
    Scene("JSJ", plots.posted, 20, "某小区房屋征收补偿方案", _POST, "partly_disclosed"),
    Scene("JSJ", plots.answer_due, 55, "葭沚旧改项目社会稳定风险评估报告", _POST, "refused_process"),
    Scene("JSJ", plots.archived_online, 36, "商品房预售许可信息", _WEB, "already_public"),
    Scene("ZFJ", plots.chased, 22, "对洪家场浦占道经营行政处罚的案卷材料", _POST),
    Scene("ZFJ", plots.under_review, 16, "某工地夜间施工处罚决定书", _WEB, "refused_enforcement_file"),
    Scene("ZFJ", plots.reconsidered, 42, "要求查处违法建设的投诉", _POST, "petition"),
    Scene("ZFJ", plots.late_correction_notice, 14, "执法队员的全部执法记录", _LETTER),
    Scene("RSJ", plots.awaiting_payment, 13, "2015 年以来本企业全部社保稽核文书", _WEB, kind=_FIRM),
    Scene("RSJ", plots.paid, 18, "2010 年以来工伤认定汇总材料", _POST, kind=_LAW),
    Scene("RSJ", plots.asked_for_reasons, 7, "稳岗补贴发放名单（第 27 件同类申请）", _MAIL),
    Scene("RSJ", plots.delivered, 21, "企业 2024 年度稳岗返还名单", _WEB, "disclosed"),
    Scene("QZF", plots.accepted, 5, "某村征收土地公告、补偿安置方案及批准文件", _POST, joint=True),
    Scene(
        "QZF", plots.under_review, 17, "区政府常务会议关于旧城改造的会议纪要", _POST, "refused_process", _LAW
    ),
    Scene("QZF", plots.litigated, 60, "椒江区“十四五”重大项目清单", _WEB, "disclosed"),
    Scene("BGS", plots.registered, 0, "区政府办公室 2025 年公务接待制度", _FAX),
    Scene("BGS", plots.to_post, 19, "政府信息公开审查办法（试行）", _WEB, "already_public"),
    Scene("ZGJ", plots.drafting, 18, "江滨路地块控制性详细规划图则", _WEB, "disclosed", _FIRM),
    Scene("ZGJ", plots.to_sign, 16, "某村宅基地审批名册", _POST, "partly_disclosed"),
    Scene("ZGJ", plots.archived, 38, "不动产登记资料查询", _DESK, "refused_enquiry"),
    Scene("HMJ", plots.accepted, 12, "海门街道 2024 年拆迁安置房分配结果", _ORAL),
    Scene("HMJ", plots.posted, 15, "某社区议事协商会议记录", _POST, "not_existing"),
    Scene("BYJ", plots.searched, 19, "白云街道 2023 年政府购买服务合同", _WEB),
    Scene("BYJ", plots.archived, 44, "某路停车位划设的批准文件", _POST, "not_ours"),
)
"""Sixty requests; two stubs and two pieces of misdirected mail come on top."""
