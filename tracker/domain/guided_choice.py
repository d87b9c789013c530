"""怎样答复: the questions that lead to an outcome, in the order in which the law asks them.

They follow Art 30 (is it clear), 39 (a request at all), 10 and 36(5), 36(7) (ours), 36(4) and 38 (held), 36(1) (public
already), 36(6) and 35 (asked before, too often), 14 to 17, 32 (grounds of refusal) and 37 (severable). Where something
must be done before the question can be answered, the way ends there and names the act. The choice stays with the person
and with the legal advisor; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.dispositions import ROW_OF_TEMPLATE, VARIANT_OF, Need, Row, Variant, needs_of
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a way: the letter to write; ``refused_under``: the ground on which part of it is refused."""

    template: str
    refused_under: str = ""

    @property
    def row(self) -> Row:
        """The row of table 3 in which the request will count."""
        return ROW_OF_TEMPLATE[self.template]

    @property
    def letter(self) -> Variant:
        """The letter and the articles it rests on."""
        return VARIANT_OF[self.template]

    @property
    def needs(self) -> frozenset[Need]:
        """What must be on record before it is signed off."""
        under = [ROW_OF_TEMPLATE[self.refused_under].code] if self.refused_under else []
        return needs_of([self.template], under)


@dataclass(frozen=True, slots=True)
class Pending:
    """The end of a way for now: this is to be done first, ``why`` says what it decides."""

    action: Action
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and where it leads: the next question by its key, or an end. ``ground``: the letter of the refusal
    that the question of Art 37 is then asked about."""

    key: str
    text: str
    leads: str | Outcome | Pending
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``article`` as cited to a person, ``help`` what decides it."""

    key: str
    text: str
    article: str
    help: str
    answers: tuple[Answer, ...]


SEVERABLE = "severable"

QUESTIONS: tuple[Question, ...] = (
    Question(
        "clear",
        N_("申请内容明确吗？"),
        N_("第二十九条、第三十条"),
        N_("看得出要哪一份或者哪一类信息（名称、文号或者其他特征），身份证明、联系方式、获取方式齐全。"),
        (
            Answer("yes", N_("明确"), "information"),
            Answer(
                "not_asked",
                N_("不明确，还没有告知补正"),
                Pending(
                    Action.REQUEST_CORRECTION,
                    N_("收到申请之日起 7 个工作日内一次性告知补正，期限自收到补正后的申请之日起计算。"),
                ),
            ),
            Answer("still", N_("申请人补正后仍不明确"), Outcome("still_unclear")),
            Answer(
                "silent",
                N_("已经告知补正，申请人逾期没有补正"),
                Pending(Action.ABANDON, N_("无正当理由逾期不补正的，视为放弃申请，由经办人核实后登记。")),
            ),
        ),
    ),
    Question(
        "information",
        N_("要的是政府信息吗？"),
        N_("第二条、第三十九条"),
        N_(
            "政府信息是履行行政管理职能中制作或者获取、以一定形式记录保存的信息。只要说法像申请，也要看实际要什么。"
        ),
        (
            Answer("yes", N_("是，要一份已有的政府信息"), "ours"),
            Answer("petition", N_("实际是信访、投诉、举报"), Outcome("petition")),
            Answer("publication", N_("要政府公报、报刊、书籍等公开出版物"), Outcome("publication")),
            Answer("confirmation", N_("要求确认，或者重新出具已经取得的信息"), Outcome("confirmation")),
            Answer("enquiry", N_("咨询、要求解释答疑，不是要一份信息"), Outcome("other_outcome")),
        ),
    ),
    Question(
        "ours",
        N_("由本机关负责公开吗？"),
        N_("第十条、第三十六条第五项、第七项"),
        N_(
            "谁制作谁公开；从公民、法人取得的由保存机关公开；从其他机关取得的由制作或者最初取得的机关公开；共同制作的由牵头机关公开。"
        ),
        (
            Answer("yes", N_("由本机关公开"), "held"),
            Answer("other", N_("由其他机关公开"), Outcome("not_ours")),
            Answer(
                "registry",
                N_("工商、不动产登记资料等，法律、行政法规对查询另有规定"),
                Outcome("refused_enquiry"),
            ),
        ),
    ),
    Question(
        "held",
        N_("检索到了吗？"),
        N_("第三十六条第四项、第三十八条"),
        N_("答“没有”要拿得出检索记录：在哪里、用什么词、由谁、何时检索。行政机关提供的是已有的信息。"),
        (
            Answer("yes", N_("检索到了"), "public"),
            Answer("none", N_("检索后没有这份信息"), Outcome("not_existing")),
            Answer("creation", N_("没有现成的，须汇总、加工、分析才有"), Outcome("needs_creation")),
            Answer(
                "unsearched",
                N_("还没有检索"),
                Pending(Action.RECORD_SEARCH, N_("有没有这份信息，要检索后才能答。")),
            ),
        ),
    ),
    Question(
        "public",
        N_("已经主动公开了吗？"),
        N_("第三十六条第一项"),
        N_("告知获取的方式、途径即可；网址要打开核对，能找到这一份。"),
        (
            Answer("no", N_("没有"), "repeated"),
            Answer("yes", N_("已经主动公开"), Outcome("already_public")),
        ),
    ),
    Question(
        "repeated",
        N_("以前答复过吗？数量、频次正常吗？"),
        N_("第三十六条第六项、第三十五条"),
        N_("同一申请人、同一内容、已经答复，三项都具备才是重复申请。明显超过合理范围的，先要求说明理由。"),
        (
            Answer("no", N_("第一次申请，数量正常"), "secret"),
            Answer("same", N_("同一申请人重复申请已经答复的内容"), Outcome("repeated")),
            Answer("many", N_("明显超过合理范围，说明的理由不合理"), Outcome("excessive")),
            Answer(
                "ask",
                N_("明显超过合理范围，还没有要求说明理由"),
                Pending(Action.REQUEST_JUSTIFICATION, N_("理由是否合理，要申请人说明后才能判断。")),
            ),
        ),
    ),
    Question(
        "secret",
        N_("是国家秘密，或者依法不得公开吗？"),
        N_("第十四条、第十七条"),
        N_("公开前都要保密审查。不能确定的，报有关主管部门或者保密行政管理部门确定。"),
        (
            Answer("no", N_("都不是，保密审查已经通过"), "third_party"),
            Answer("secret", N_("依法确定为国家秘密"), SEVERABLE, "refused_state_secret"),
            Answer("law", N_("法律、行政法规禁止公开"), SEVERABLE, "refused_other_law"),
            Answer(
                "safety",
                N_("公开后可能危及国家安全、公共安全、经济安全、社会稳定"),
                SEVERABLE,
                "refused_safety",
            ),
            Answer(
                "unreviewed",
                N_("还没有保密审查"),
                Pending(Action.REVIEW_SECRECY, N_("保密审查的意见决定能不能公开。")),
            ),
        ),
    ),
    Question(
        "third_party",
        N_("涉及商业秘密、个人隐私等第三方合法权益吗？"),
        N_("第十五条、第三十二条"),
        N_("公开会损害第三方合法权益的，书面征求意见；15 个工作日内不答复的，由本机关决定，不视为同意。"),
        (
            Answer("no", N_("不涉及"), "internal"),
            Answer("agreed", N_("涉及，第三方同意公开"), "internal"),
            Answer("interest", N_("涉及，但不公开会对公共利益造成重大影响"), "internal"),
            Answer("harmed", N_("涉及，公开会损害其合法权益"), SEVERABLE, "refused_third_party"),
            Answer(
                "unasked",
                N_("涉及，还没有征求意见"),
                Pending(Action.CONSULT, N_("书面征求意见所需时间不计入答复期限。")),
            ),
        ),
    ),
    Question(
        "internal",
        N_("是内部事务信息吗？"),
        N_("第十六条第一款"),
        N_("只限人事管理、后勤管理、内部工作流程三类；对外部有影响的，不宜按内部事务处理。"),
        (
            Answer("no", N_("不是"), "process"),
            Answer("yes", N_("属于三类内部事务信息"), SEVERABLE, "refused_internal"),
        ),
    ),
    Question(
        "process",
        N_("是过程性信息吗？"),
        N_("第十六条第二款"),
        N_("只限讨论记录、过程稿、磋商信函、请示报告四类。法律、法规、规章规定应当公开的，从其规定。"),
        (
            Answer("no", N_("不是，或者规定应当公开"), "case_file"),
            Answer("yes", N_("属于四类过程性信息"), SEVERABLE, "refused_process"),
        ),
    ),
    Question(
        "case_file",
        N_("是行政执法案卷吗？"),
        N_("第十六条第二款"),
        N_("行政处罚、行政许可、行政检查、行政强制等执法过程中形成并立卷的材料。规定应当公开的，从其规定。"),
        (
            Answer("no", N_("不是，或者规定应当公开：可以公开"), Outcome("disclosed")),
            Answer("yes", N_("属于行政执法案卷"), SEVERABLE, "refused_enforcement_file"),
        ),
    ),
    Question(
        SEVERABLE,
        N_("能区分处理吗？"),
        N_("第三十七条"),
        N_("含有不应当公开的内容、但能够作区分处理的，提供可以公开的部分，对不予公开的部分说明理由。"),
        (
            Answer("whole", N_("不能区分，全部不予公开"), ""),
            Answer("part", N_("能够区分，其余部分可以公开"), ""),
        ),
    ),
)

QUESTION_OF: dict[str, Question] = {question.key: question for question in QUESTIONS}
FIRST = QUESTIONS[0].key
STARTS = tuple(question for question in QUESTIONS if question.key != SEVERABLE)
"""Where somebody who knows may begin: the question of Art 37 is asked about a ground only."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question that was answered."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Way:
    """The steps taken, and where they lead: a question still open, or an end. ``start`` is the question begun with."""

    start: str
    steps: tuple[Step, ...]
    at: Question | Outcome | Pending

    @property
    def answers(self) -> tuple[str, ...]:
        """What was answered, in order."""
        return tuple(step.answer.key for step in self.steps)

    @property
    def skipped(self) -> Sequence[Question]:
        """Questions of the law that were passed over by beginning later."""
        keys = [question.key for question in QUESTIONS]
        return QUESTIONS[: keys.index(self.start)]


def walk(answers: Sequence[str], start: str = FIRST) -> Way:
    """Follow answers from a question on. Raises ``ValueError`` for a start or an answer that is none, and for answers
    after the end."""
    if start not in {question.key for question in STARTS}:
        raise ValueError(f"no question to begin with: {start}")
    at: Question | Outcome | Pending = QUESTION_OF[start]
    steps: list[Step] = []
    ground = ""
    for key in answers:
        if not isinstance(at, Question):
            raise ValueError("an answer after the end")
        answer = next((each for each in at.answers if each.key == key), None)
        if answer is None:
            raise ValueError(f"{at.key} is not answered by {key}")
        steps.append(Step(at, answer))
        ground = answer.ground or ground
        at = _after(at, answer, ground)
    return Way(start, tuple(steps), at)


def _after(question: Question, answer: Answer, ground: str) -> Question | Outcome | Pending:
    if question.key == SEVERABLE:
        return Outcome(ground) if answer.key == "whole" else Outcome("partly_disclosed", ground)
    return QUESTION_OF[answer.leads] if isinstance(answer.leads, str) else answer.leads


def ways(start: str = FIRST) -> Iterator[Way]:
    """Every way that comes to an end."""
    open_ = [walk((), start)]
    while open_:
        way = open_.pop()
        if not isinstance(way.at, Question):
            yield way
            continue
        open_ += [walk((*way.answers, answer.key), start) for answer in way.at.answers]
