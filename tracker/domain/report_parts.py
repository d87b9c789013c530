# ruff: noqa: E501  one paragraph a line, as it stands in a report
"""年度报告的六个部分 (国办公开办函〔2021〕30号; 条例第五十条), and a text proposed for each.

A proposal takes every number from the tables and marks what only the organ knows with ``【请写明……】``; a report is not
handed in while such a mark stands in its text.
"""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class ReportPart(StrEnum):
    """One part, in the order of the report."""

    OVERVIEW = "overview"
    PROACTIVE = "proactive"
    REQUESTS = "requests"
    CHALLENGES = "challenges"
    PROBLEMS = "problems"
    OTHER = "other"


PART_NAMES: dict[ReportPart, str] = {
    ReportPart.OVERVIEW: N_("一、总体情况"),
    ReportPart.PROACTIVE: N_("二、主动公开政府信息情况"),
    ReportPart.REQUESTS: N_("三、收到和处理政府信息公开申请情况"),
    ReportPart.CHALLENGES: N_("四、政府信息公开行政复议、行政诉讼情况"),
    ReportPart.PROBLEMS: N_("五、存在的主要问题及改进情况"),
    ReportPart.OTHER: N_("六、其他需要报告的事项"),
}

PART_HELP: dict[ReportPart, str] = {
    ReportPart.OVERVIEW: N_("写明主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。"),
    ReportPart.PROACTIVE: N_("后附表二，可以不写文字。"),
    ReportPart.REQUESTS: N_("后附表三，可以不写文字。"),
    ReportPart.CHALLENGES: N_("后附表四，可以不写文字。"),
    ReportPart.PROBLEMS: N_("写明问题、上年问题的整改情况和改进措施。"),
    ReportPart.OTHER: N_("信息处理费的收取情况必须报告；没有写到的，文件中自动补一句。"),
}

LONGEST_PART = 20_000
"""Characters of one part; the longest published reports of a city stay below half of it."""

PROPOSALS: dict[ReportPart, str] = {
    ReportPart.OVERVIEW: """根据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定，编制{{ 机关名称 }}{{ 年度 }}年政府信息公开工作年度报告。所列数据的统计期限为{{ 年度 }}年1月1日至12月31日。
（一）主动公开情况。【请写明本年主动公开的重点领域、数量和方式】
（二）依申请公开情况。本年新收政府信息公开申请{{ 新收申请 }}件，上年结转{{ 上年结转 }}件。本年办结{{ 办结 }}件，其中予以公开{{ 予以公开 }}件，部分公开{{ 部分公开 }}件，不予公开{{ 不予公开 }}件，无法提供{{ 无法提供 }}件，不予处理{{ 不予处理 }}件，其他处理{{ 其他处理 }}件。结转下年度继续办理{{ 结转下年 }}件。
（三）政府信息管理情况。【请写明信息公开审查、属性认定和动态调整的做法】
（四）政府信息公开平台建设情况。【请写明网站、政务新媒体、公开查阅点的建设和维护】
（五）监督保障情况。【请写明机构、人员、培训、考核和责任追究的情况】""",
    ReportPart.PROACTIVE: """本年制发行政规范性文件{{ 规范性文件制发 }}件、废止{{ 规范性文件废止 }}件，现行有效{{ 规范性文件有效 }}件；作出行政许可决定{{ 行政许可 }}件、行政处罚决定{{ 行政处罚 }}件、行政强制决定{{ 行政强制 }}件；行政事业性收费{{ 行政事业性收费 }}万元。""",
    ReportPart.REQUESTS: """本年新收政府信息公开申请{{ 新收申请 }}件，其中自然人{{ 自然人申请 }}件，法人或其他组织{{ 法人申请 }}件。""",
    ReportPart.CHALLENGES: """本年行政复议{{ 行政复议 }}件，其中结果维持{{ 复议维持 }}件、结果纠正{{ 复议纠正 }}件、其他结果{{ 复议其他 }}件、尚未审结{{ 复议未结 }}件；行政诉讼{{ 行政诉讼 }}件，其中结果维持{{ 诉讼维持 }}件、结果纠正{{ 诉讼纠正 }}件、其他结果{{ 诉讼其他 }}件、尚未审结{{ 诉讼未结 }}件。""",
    ReportPart.PROBLEMS: """（一）存在的主要问题。依申请公开答复的规范性仍有提升空间，【请结合本年被退回的文稿和被纠正的答复写明具体表现】。
（二）上年问题的整改情况。【请对照上年报告所列问题逐项写明】
（三）改进措施。一是收件即登记，收发室和其他科室收到的申请当日转交工作机构；二是整理本机关答复实例，统一文书用语和引用条款；三是疑难申请由承办科室、合法性审查机构和法律顾问会商。【请写明完成时间和责任科室】""",
    ReportPart.OTHER: """（一）收取信息处理费的情况。依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年收取信息处理费{{ 收费笔数 }}笔，共{{ 收费金额 }}元。
（二）其他需要报告的事项。【没有的写“无”】""",
}
