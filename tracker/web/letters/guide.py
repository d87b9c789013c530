"""逐步判断: the questions of the law one by one, each answer an address, ending in a letter or in what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.dispositions import NEED_NAMES, Need, RemedyRule
from tracker.domain.errors import NotFound
from tracker.domain.guided_choice import FIRST, STARTS, Outcome, Pending, Question, Way, walk
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action, is_offered
from tracker.extensions import db
from tracker.models import Case
from tracker.queries.letters import list_items
from tracker.queries.scope import get_case
from tracker.services.case_record import facts_for
from tracker.services.letters import find_open_reply
from tracker.web.access import needs
from tracker.web.context import context
from tracker.web.i18n import tell
from tracker.web.letters import bp

REMEDY_WORDS = {
    RemedyRule.EITHER: N_("申请人可以申请行政复议，也可以直接起诉。"),
    RemedyRule.RECONSIDERATION_FIRST: N_("先申请行政复议，对复议决定不服再起诉。"),
    RemedyRule.PER_PART: N_("不予公开的部分先申请行政复议，按各部分分别告知。"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer as a link."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A question that was answered; ``url`` asks it again."""

    question: str
    answer: str
    url: str


@bp.get("/cases/<int:case_id>/letters/guide")
@needs(Permission.LETTER_DRAFT)
def guide(case_id: int) -> ResponseReturnValue:
    """The question that comes next, what was answered, and the end of the way. ``part``: of which item of the draft."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id, Permission.LETTER_DRAFT)
    part = max(request.args.get("part", 0, type=int), 0)
    try:
        way = walk(request.args.getlist("answer"), request.args.get("start", FIRST))
    except ValueError:
        raise NotFound(N_("没有这一步，请从第一个问题重新开始。")) from None
    items = list_items(db.session(), case.id)
    return render_template(
        "pages/letters/guide.html",
        case=case,
        item=items[part] if part < len(items) and len(items) > 1 else "",
        way=way,
        taken=_taken(case, way, part),
        question=way.at if isinstance(way.at, Question) else None,
        choices=_choices(case, way, part),
        outcome=way.at if isinstance(way.at, Outcome) else None,
        end=_end(case, way.at, part),
        starts=[
            Choice(tell(each.text), _url(case, each.key, (), part))
            for each in STARTS
            if each.key != _asked(way)
        ],
        first_url=_url(case, FIRST, (), part),
        may_draft=is_offered(Action.DRAFT, facts_for(ctx.session, case)),
    )


def _url(case: Case, start: str, answers: tuple[str, ...], part: int) -> str:
    begun = None if start == FIRST else start
    return url_for("letters.guide", case_id=case.id, start=begun, answer=list(answers), part=part or None)


def _asked(way: Way) -> str:
    return way.at.key if isinstance(way.at, Question) else ""


def _taken(case: Case, way: Way, part: int) -> list[Taken]:
    return [
        Taken(
            tell(step.question.text),
            tell(step.answer.text),
            _url(case, way.start, way.answers[:number], part),
        )
        for number, step in enumerate(way.steps)
    ]


def _choices(case: Case, way: Way, part: int) -> list[Choice]:
    if not isinstance(way.at, Question):
        return []
    return [
        Choice(tell(each.text), _url(case, way.start, (*way.answers, each.key), part))
        for each in way.at.answers
    ]


@dataclass(frozen=True, slots=True)
class End:
    """Where a way ends: what the button says and where it leads, with what must be known beside it."""

    title: str
    lines: tuple[str, ...]
    button: str
    url: str
    needs: tuple[str, ...] = ()
    doubtful: bool = False


def _end(case: Case, at: Question | Outcome | Pending, part: int) -> End | None:
    if isinstance(at, Question):
        return None
    if isinstance(at, Pending):
        label = tell(RULE_OF[at.action].label)
        if at.action is Action.ABANDON:
            url = url_for("cases.show", case_id=case.id)
        else:
            url = url_for("actions.perform", case_id=case.id, action=str(at.action))
        return End(_("先办这一步：%(action)s", action=label), (tell(at.why),), label, url)
    row = at.row
    lines = [_("年报统计行：%(row)s", row=f"{row.number} {tell(row.register_name)}")]
    if at.refused_under:
        ground = Outcome(at.refused_under)
        lines.append(_("不予公开部分的依据：%(name)s", name=tell(ground.letter.name)))
    lines.append(_("救济途径：%(words)s", words=tell(REMEDY_WORDS[row.remedy])))
    return End(
        _("答复书：%(name)s", name=tell(at.letter.name)),
        tuple(lines),
        _("按此拟稿"),
        _draft_url(case, at, part),
        tuple(tell(NEED_NAMES[need]) for need in Need if need in at.needs),
        doubtful=row.ask_advisor,
    )


def _draft_url(case: Case, outcome: Outcome, part: int) -> str:
    letter = find_open_reply(context(), case)
    given: dict[str, Any] = {
        "template": outcome.template,
        "refused_under": outcome.refused_under or None,
        "part": part or None,
    }
    if letter is not None:
        return url_for("letters.edit", letter_id=letter.id, **given)
    return url_for("letters.new", case_id=case.id, **given)
