"""The proof of role × act × state: at the stations of the way everybody tries every act by its address. What got
through is compared with the grants and with the table of the workflow, never with what a page offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.actors import SYSTEM
from tracker.domain.permissions import DISTRICT_WIDE, GRANTS, Permission, Role
from tracker.domain.stages import Stage
from tracker.domain.workflow import RULE_OF, Action
from tracker.models import Account, Case, Organ, StoredEntry
from tracker.services.context import Runtime
from tracker.services.demonstration.people import PEOPLE
from tracker.services.demonstration.stage import set_up
from tracker.services.sessions import open_session
from tracker.web.actions.forms import FORMS, LateActForm
from tracker.web.users import SESSION_COOKIE

LOGINS = ("clerk", "approver", "head", "advisor", "supervisor", "auditor", "administrator", "czj.clerk")
HOLDINGS = {person.login: person.holdings for person in PEOPLE if person.login in LOGINS}
DENIED = {403, 404}
STATIONS = {
    Stage.REGISTERED,
    Stage.PROCESSING,
    Stage.UNDER_REVIEW,
    Stage.SIGNED,
    Stage.DELIVERED,
    Stage.ARCHIVED,
}
WITHOUT_A_RIGHT = {Stage.REGISTERED, Stage.DELIVERED}
"""A right does not depend on the station; those without it try at two of them."""


@dataclass
class District:
    """The demonstration, somebody signed in for each role, and a file of one organ at each station."""

    session: Session
    clients: dict[str, FlaskClient]
    cases: dict[Stage, int]

    def standing(self, case_id: int) -> tuple[str, Stage, int, int]:
        """Organ, station, version and length of the log of a file just now."""
        self.session.rollback()
        length = select(func.count()).where(StoredEntry.case_id == Case.id).scalar_subquery()
        row = self.session.execute(
            select(Organ.code, Case.stage, Case.version_id, length).join(Organ).where(Case.id == case_id)
        ).one()
        self.session.rollback()
        return row[0], Stage(row[1]), row[2], row[3]


@pytest.fixture
def district(app: Flask, runtime: Runtime, session: Session) -> District:
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    set_up(
        Runtime(runtime.clock, replace(runtime.adapters, renderer=MemoryRenderer())).context(session, SYSTEM)
    )
    clients = {}
    for login in LOGINS:
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        opened = open_session(runtime.context(session, SYSTEM), account_id, address="127.0.0.1")
        clients[login] = app.test_client()
        clients[login].set_cookie(SESSION_COOKIE, opened.token)
    ours = (Organ.code == "MZJ", Case.historic.is_(False), Case.needs_completion.is_(False))
    stands = select(Case.stage, func.max(Case.id)).join(Organ).where(*ours).group_by(Case.stage)
    cases = {Stage(stage): case_id for stage, case_id in session.execute(stands) if stage in STATIONS}
    session.rollback()
    return District(session, clients, cases)


def granted(login: str, permission: Permission, organ: str) -> bool:
    """Whether one of the person's roles grants it for a case of this organ."""
    return any(
        permission in GRANTS[role] and (held == organ or role in DISTRICT_WIDE)
        for role, held in HOLDINGS[login]
    )


def attempts(district: District) -> Iterator[tuple[Stage, str, Action]]:
    """Those who may not try first, while the file still stands where it stood."""
    for stage in district.cases:
        organ = district.standing(district.cases[stage])[0]
        everything = [(stage, login, action) for login in LOGINS for action in FORMS]
        yield from sorted(everything, key=lambda each: granted(each[1], RULE_OF[each[2]].permission, organ))


def test_an_act_gets_through_only_for_the_role_and_at_the_station_of_the_table(
    district: District, runtime: Runtime
) -> None:
    today = runtime.clock.today().isoformat()
    wrong: list[str] = []
    done = 0
    for stage, login, action in attempts(district):
        case_id, rule = district.cases[stage], RULE_OF[action]
        organ, stands_at, version, length = district.standing(case_id)
        may_read = granted(login, Permission.CASE_READ, organ)
        reads_others = any(Permission.CASE_READ in GRANTS[role] for role, _organ in HOLDINGS[login])
        may = may_read and granted(login, rule.permission, organ)
        answer = district.clients[login].post(
            f"/cases/{case_id}/actions/{action}",
            data={"version": str(version), "on": today, "text": "核对", "note": "核对"},
        )
        grew = district.standing(case_id)[3] > length
        done += grew
        told = f"{login} {action} at {stands_at}: {answer.status_code}"
        if may == (answer.status_code in DENIED):
            wrong.append(f"{told}, though {'granted' if may else 'not granted'}")
        if not may_read and reads_others and answer.status_code != 404:
            wrong.append(f"{told}: told that there is such a case")
        if grew and not may:
            wrong.append(f"{told}: done without the right")
        if grew and stands_at not in rule.stages and not issubclass(FORMS[action], LateActForm):
            wrong.append(f"{told}: done at a station the table does not name")
    assert wrong == []
    assert set(district.cases) == STATIONS
    assert done > 10


def test_every_role_takes_part() -> None:
    assert {role for holdings in HOLDINGS.values() for role, _organ in holdings} == set(Role)
