"""Every page there is, from the application's own route map, filled in with what one person may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from flask import Flask
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from werkzeug.routing import Rule

from tracker.domain.actors import Actor
from tracker.domain.points_versions import SHIPPED_NUMBER
from tracker.domain.stages import Stage
from tracker.domain.standalone_documents import STANDALONE, About, missing_for
from tracker.domain.workflow import allowed_actions
from tracker.models import (
    Account,
    Attachment,
    CalendarEdition,
    CalendarProposal,
    Case,
    Challenge,
    Chase,
    Clock,
    DisclosureProposal,
    LedgerImport,
    Letter,
    LetterTemplateVersion,
    MailItem,
    ModelReply,
    Organ,
    PracticeCase,
    SearchTask,
    StandIn,
    WordingDraft,
)
from tracker.queries.destruction import list_destructions
from tracker.queries.handovers import list_handovers
from tracker.queries.saved_statistics import list_saved
from tracker.queries.scope import visible_cases, visible_mail
from tracker.services.case_record import facts_for
from tracker.services.letter_facts import needs_held

FORMS_OF = re.compile(r"<any\((\w+)[^)]*\):form>")
"""The first of the forms in which a file is offered."""
Samples = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address and a name that can be the name of a file."""

    endpoint: str
    name: str
    path: str


def places(app: Flask, session: Session, actor: Actor) -> list[Place]:
    """Every address a GET may be sent to: parameters are filled with one case a stage, one letter a status, …"""
    found = [place for rule in _readable(app) for place in _filled(app, rule, session, actor)]
    return sorted(found, key=lambda place: (place.endpoint, place.name))


def _readable(app: Flask) -> Iterator[Rule]:
    return (
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    )


def _filled(app: Flask, rule: Rule, session: Session, actor: Actor) -> Iterator[Place]:
    adapter = app.url_map.bind("127.0.0.1")
    for marks, values in _values(rule, session, actor):
        name = re.sub(r"[^\w-]+", "-", "-".join([rule.endpoint, *filter(None, marks)]))
        yield Place(rule.endpoint, name, adapter.build(rule.endpoint, values))


def _values(rule: Rule, session: Session, actor: Actor) -> Iterator[tuple[list[str], dict[str, object]]]:
    """Marks for the name of the picture, and what the parameters are filled with."""
    if rule.arguments == {"case_id", "action"}:
        for action, case_id in _acts(session, actor):
            yield [action], {"case_id": case_id, "action": action}
        return
    if rule.arguments == {"case_id", "key"}:
        yield from _documents(session, actor)
        return
    if rule.arguments == {"case_id", "kind", "run"}:
        yield from _clocks(session, actor)
        return
    names = sorted(rule.arguments)
    unknown = [name for name in names if name not in SAMPLES]
    assert not unknown, f"tell tests/browser/places.py how to fill {unknown} of {rule.rule}"
    forms = FORMS_OF.search(rule.rule)
    samples = SAMPLES | ({"form": _texts(forms[1])} if forms else {})
    for chosen in product(*(samples[name](session, actor) for name in names)):
        yield [mark for mark, _ in chosen], {n: value for n, (_, value) in zip(names, chosen, strict=True)}


def _documents(session: Session, actor: Actor) -> Iterator[tuple[list[str], dict[str, object]]]:
    """Each document on the newest case of which it may be made now."""
    cases = session.scalars(select(Case).where(visible_cases(actor)).order_by(Case.id.desc())).all()
    for document in STANDALONE:
        for case in cases:
            lawful = not missing_for(document, Stage(case.stage), needs_held(session, case))
            spoken_of = select(Letter.id).where(
                Letter.case_id == case.id, Letter.is_reply, Letter.status == "signed"
            )
            about = document.about is About.NONE or session.scalar(spoken_of.limit(1)) is not None
            if lawful and about and not document.discloses:
                yield [document.key], {"case_id": case.id, "key": document.key}
                break


def _clocks(session: Session, actor: Actor) -> Iterator[tuple[list[str], dict[str, object]]]:
    """The newest clock of each kind beside the reply clock."""
    seen = select(Case.id).where(visible_cases(actor))
    newest = select(func.max(Clock.id)).where(Clock.case_id.in_(seen), Clock.kind != "reply")
    for clock in session.scalars(select(Clock).where(Clock.id.in_(newest.group_by(Clock.kind)))):
        values = {"case_id": clock.case_id, "kind": clock.kind, "run": clock.run, "ref": clock.ref or None}
        yield [clock.kind], values


def _acts(session: Session, actor: Actor) -> Samples:
    """Each act the person may perform, on a case where it can be done now."""
    found: dict[str, object] = {}
    for case in session.scalars(select(Case).where(visible_cases(actor)).order_by(Case.id.desc())):
        for offer in allowed_actions(facts_for(session, case), actor, case.organ_id, case.handler_id):
            if offer.possible:
                found.setdefault(str(offer.action), case.id)
    return sorted(found.items())


def _one_of_each(
    session: Session,
    kind: InstrumentedAttribute[str],
    key: InstrumentedAttribute[int],
    *where: ColumnElement[bool],
) -> Samples:
    """The newest row of each kind."""
    rows = session.execute(select(kind, func.max(key)).where(*where).group_by(kind).order_by(kind))
    return [(mark, number) for mark, number in rows]


def _cases(session: Session, actor: Actor) -> Samples:
    return _one_of_each(session, Case.stage, Case.id, visible_cases(actor))


def _letters(session: Session, actor: Actor) -> Samples:
    seen = select(Case.id).where(visible_cases(actor))
    return _one_of_each(session, Letter.status, Letter.id, Letter.case_id.in_(seen))


def _files(session: Session, actor: Actor) -> Samples:
    seen = select(Case.id).where(visible_cases(actor))
    return _one_of_each(session, Attachment.kind, Attachment.id, Attachment.case_id.in_(seen))


def _registers(session: Session, actor: Actor) -> Samples:
    own = LedgerImport.imported_by_id == actor.account_id
    return _one_of_each(session, LedgerImport.state, LedgerImport.id, own)


def _slips(session: Session, actor: Actor) -> Samples:
    seen = select(Case.id).where(visible_cases(actor))
    number = session.scalar(select(func.max(Chase.id)).where(Chase.case_id.in_(seen)))
    return [("", number)] if number else []


def _challenges(session: Session, actor: Actor) -> Samples:
    seen = select(Case.id).where(visible_cases(actor))
    return _one_of_each(session, Challenge.kind, Challenge.id, Challenge.case_id.in_(seen))


def _practices(session: Session, actor: Actor) -> Samples:
    own = PracticeCase.account_id == actor.account_id
    return _one_of_each(session, PracticeCase.scenario, PracticeCase.id, own)


def _handovers(session: Session, actor: Actor) -> Samples:
    return [(str(facts.state), facts.id) for facts in list_handovers(session, actor)[:2]]


def _destructions(session: Session, actor: Actor) -> Samples:
    return [(str(row.state), row.id) for row in list_destructions(session, actor)[:1]]


def _stand_ins(session: Session, actor: Actor) -> Samples:
    number = session.scalar(select(func.max(StandIn.id)).where(StandIn.away_id == actor.account_id))
    return [("", number)] if number else []


def _mail(session: Session, actor: Actor) -> Samples:
    number = session.scalar(select(func.max(MailItem.id)).where(visible_mail(actor)))
    return [("", number)] if number else []


def _search_tasks(session: Session, actor: Actor) -> Samples:
    seen = select(Case.id).where(visible_cases(actor))
    mine = or_(SearchTask.asked_id == actor.account_id, SearchTask.case_id.in_(seen))
    number = session.scalar(select(func.max(SearchTask.id)).where(mine))
    return [("", number)] if number else []


def _first(key: InstrumentedAttribute[int]) -> Callable[[Session, Actor], Samples]:
    return lambda session, actor: [("", session.scalar(select(func.min(key))))]


def _codes(session: Session, actor: Actor) -> Samples:
    own = actor.reading_organ_ids
    wanted = Organ.id.in_(own) if own and not actor.reads_whole_district else Organ.active.is_(True)
    return [("", session.scalar(select(func.min(Organ.code)).where(wanted)))]


def _years(session: Session, actor: Actor) -> Samples:
    return [("", session.scalar(select(func.max(CalendarEdition.year))))]


def _versions(session: Session, actor: Actor) -> Samples:
    return [("", session.scalar(select(func.max(CalendarEdition.id))))]


def _proposals(session: Session, actor: Actor) -> Samples:
    return _one_of_each(session, CalendarProposal.status, CalendarProposal.id)


def _wording_drafts(session: Session, actor: Actor) -> Samples:
    return _one_of_each(session, WordingDraft.status, WordingDraft.id)


def _shipped_rule(session: Session, actor: Actor) -> Samples:
    return [("", SHIPPED_NUMBER)]


def _models(session: Session, actor: Actor) -> Samples:
    number = session.scalar(select(func.max(ModelReply.id)))
    return [("", number)] if number else []


def _disclosures(session: Session, actor: Actor) -> Samples:
    number = session.scalar(select(func.max(DisclosureProposal.id)))
    return [("", number)] if number else []


def _statistics(session: Session, actor: Actor) -> Samples:
    return [(str(facts.shared.sharing), facts.id) for facts in list_saved(session, actor) if facts.may_change]


def _texts(*texts: str) -> Callable[[Session, Actor], Samples]:
    return lambda session, actor: [(text, text) for text in texts]


SAMPLES: dict[str, Callable[[Session, Actor], Samples]] = {
    "case_id": _cases,
    "letter_id": _letters,
    "attachment_id": _files,
    "file_id": _files,
    "item_id": _mail,
    "mail_id": _mail,
    "import_id": _registers,
    "chase_id": _slips,
    "challenge_id": _challenges,
    "handover_id": _handovers,
    "destruction_id": _destructions,
    "stand_in_id": _stand_ins,
    "search_task_id": _search_tasks,
    "token": lambda session, actor: [],
    "account_id": _first(Account.id),
    "organ_id": _first(Organ.id),
    "organ_code": _codes,
    "practice_id": _practices,
    "year": _years,
    "version": _versions,
    "rule_number": _shipped_rule,
    "proposal_id": _proposals,
    "statistic_id": _statistics,
    "model_id": _models,
    "disclosure_id": _disclosures,
    "wording_id": _first(LetterTemplateVersion.id),
    "wording_draft_id": _wording_drafts,
    "wording_key": _texts("petition"),
    "form": _texts("csv"),
    "paper": _texts("cover", "list"),
    "filename": _texts("css/bootstrap.min.css"),
}
"""How to fill each parameter a route of the application may have, by its name."""
