"""法律依据: what an answer to a reconsideration or a suit cites, as data: law, article, its gist in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.chinese_numerals import ordinal
from tracker.domain.statute import CONVENTION, RULES, RuleKey, Unit

REGULATION = "《中华人民共和国政府信息公开条例》"
RECONSIDERATION_LAW = "《中华人民共和国行政复议法》"
LITIGATION_LAW = "《中华人民共和国行政诉讼法》"
NO_ARTICLE = "—"
"""Stands for notices, whose rules are cited by the article of the 条例 they explain."""
# Read against the texts of 2023-09-01 (复议法, in force 2024-01-01) and 2017-06-27 (诉讼法).
_CODE = re.compile(r"(\d+)(?:\((\d+)\))?")
_OF_ITEMS = frozenset({36})
"""Articles whose parts are 项; those of the others are 款."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One article. ``gist`` is no quotation."""

    law: str
    article: str
    gist: str


_GISTS: dict[str, str] = {
    "10": "政府信息由制作或者保存该信息的行政机关负责公开",
    "14": "国家秘密，法律、行政法规禁止公开，以及公开后可能危及国家安全、公共安全、经济安全、社会稳定的，不予公开",
    "15": "公开会损害第三方合法权益的商业秘密、个人隐私等信息，除第三方同意或者关系公共利益外，不得公开",
    "16(1)": "人事管理、后勤管理、内部工作流程等内部事务信息，可以不予公开",
    "16(2)": "讨论记录、过程稿、磋商信函、请示报告等过程性信息和行政执法案卷信息，可以不予公开",
    "17": "公开政府信息前应当依照规定进行审查",
    "29": "申请应当写明申请人身份、所需信息的名称或者特征、形式要求",
    "30": "申请内容不明确的，应当一次性告知补正；无正当理由逾期不补正的，视为放弃申请",
    "31": "收到申请之日的确定",
    "32": "公开会损害第三方合法权益的，应当书面征求第三方意见",
    "35": "申请的数量、频次明显超过合理范围的，可以要求说明理由；理由不合理的，告知不予处理",
    "36": "对政府信息公开申请，根据不同情况分别答复",
    "36(1)": "已经主动公开的，告知获取的方式、途径",
    "36(2)": "可以公开的，提供该信息，或者告知获取的方式、途径和时间",
    "36(3)": "决定不予公开的，告知并说明理由",
    "36(4)": "经检索没有所申请公开信息的，告知该信息不存在",
    "36(5)": "不属于本机关负责公开的，告知并说明理由；能够确定负责公开的机关的，告知其名称、联系方式",
    "36(6)": "已经答复、又重复申请同一信息的，告知不予重复处理",
    "36(7)": "工商、不动产登记资料等另有特别规定的，告知依照有关规定办理",
    "37": "含有不应当公开的内容但能够区分处理的，提供可以公开的内容并说明其余内容不予公开的理由",
    "38": "行政机关提供的是已经制作或者获取的信息；需要加工、分析的，可以不予提供",
    "39(1)": "以申请的形式进行信访、投诉、举报等活动的，告知不作为政府信息公开申请处理",
    "39(2)": "要求提供政府公报、报刊、书籍等公开出版物的，可以告知获取的途径",
    "40": "按照申请人要求的形式和行政机关保存信息的实际情况，确定提供的形式",
    "42": "提供政府信息不收取费用；数量、频次明显超过合理范围的，可以收取信息处理费",
}

RECONSIDERATION_PROVISIONS: tuple[Provision, ...] = (
    Provision(RECONSIDERATION_LAW, "第四十四条", "被申请人对其行政行为的合法性、适当性负有举证责任"),
    Provision(
        RECONSIDERATION_LAW,
        "第四十六条",
        "行政复议期间，被申请人不得自行向申请人、其他有关单位和个人收集证据",
    ),
)
LITIGATION_PROVISIONS: tuple[Provision, ...] = (
    Provision(
        LITIGATION_LAW, "第三十四条", "被告对作出的行政行为负有举证责任，应当提供证据和所依据的规范性文件"
    ),
    Provision(LITIGATION_LAW, "第三十五条", "诉讼过程中，被告及其代理人不得自行向原告、第三人和证人收集证据"),
)
UPHOLD = Provision(
    RECONSIDERATION_LAW,
    "第六十八条",
    "行政行为认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当的，决定维持",
)
DISMISS_CLAIM = Provision(
    RECONSIDERATION_LAW,
    "第六十九条",
    "被申请人没有相应法定职责，或者在受理前已经履行法定职责的，决定驳回行政复议请求",
)
REJECT_CLAIM = Provision(
    LITIGATION_LAW,
    "第六十九条",
    "行政行为证据确凿，适用法律、法规正确，符合法定程序的，判决驳回原告的诉讼请求",
)


def article_words(code: str) -> str:
    """``36(4)`` → 第三十六条第四项, ``16(1)`` → 第十六条第一款. Raises ``ValueError`` for what is no article."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code} names no article")
    words = f"第{ordinal(int(found[1]))}条"
    if found[2]:
        words += f"第{ordinal(int(found[2]))}{'项' if int(found[1]) in _OF_ITEMS else '款'}"
    return words


def regulation_provisions(codes: Iterable[str]) -> tuple[Provision, ...]:
    """Articles of the 条例 by their codes, in order of the law, each once; codes without a gist are left out."""
    known = {code for code in codes if code in _GISTS}
    ordered = sorted(known, key=lambda code: [int(n) for n in re.findall(r"\d+", code)])
    return tuple(Provision(REGULATION, article_words(code), _GISTS[code]) for code in ordered)


def period_provisions(keys: Sequence[RuleKey]) -> Iterator[Provision]:
    """The periods of the statute that applied, each once; what is only the tracker's own convention is none."""
    for key in dict.fromkeys(keys):
        rule = RULES[key]
        if rule.source == CONVENTION:
            continue
        of_law = rule.source.startswith("《")
        law = rule.source.replace("《", "《中华人民共和国") if of_law else rule.source
        unit = {Unit.WORKING_DAYS: "个工作日", Unit.CALENDAR_DAYS: "日", Unit.MONTHS: "个月"}[rule.unit]
        length = f"，自{rule.starts}起{rule.span}{unit}" if rule.span else ""
        yield Provision(law, rule.article if of_law else NO_ARTICLE, f"{rule.name}{length}")
