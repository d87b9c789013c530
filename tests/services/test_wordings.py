"""A changed wording: drafted by one, approved by another, then in use; stored drafts of letters keep theirs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.letters import PETITION
from tests.letter_samples import TEMPLATES
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import TODAY, Office
from tracker.adapters.shipped_letters import read_shipped_letters
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotLawfulNow
from tracker.domain.letter_document import LetterDocument
from tracker.domain.template_source import template_source
from tracker.models import Case, LetterTemplateVersion, WordingDraft
from tracker.queries.letter_templates import get_wording
from tracker.services.context import Context
from tracker.services.letters import save_draft, superseded
from tracker.services.templates import load_shipped_templates
from tracker.services.wordings import (
    Reworded,
    approve_wording,
    end_local_wording,
    import_library,
    return_wording,
    save_wording,
    withdraw_wording,
)

KEY = "petition"
NEW = "{{ you }}的申请实为信访、投诉、举报。"


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


@pytest.fixture
def supervisor(cast: Cast, ctx_for: ContextFor) -> Context:
    made = ctx_for(cast.supervisor, TODAY)
    load_shipped_templates(made)
    return made


@pytest.fixture
def advisor(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.legal_advisor, TODAY)


def source(text: str = NEW) -> str:
    template = TEMPLATES[KEY]
    first = replace(template.paragraphs[0], text=text)
    return template_source(replace(template, paragraphs=(first, *template.paragraphs[1:])))


def put_forward(ctx: Context, organ_id: int | None = None, on: date = TODAY, text: str = NEW) -> int:
    return save_wording(
        ctx, KEY, organ_id, Reworded(source(text), "更简明", on), expected_version=None, submit=True
    )


def version_of(ctx: Context, draft_id: int) -> int:
    ctx.session.rollback()
    return ctx.session.get_one(WordingDraft, draft_id).version_id


def approve(ctx: Context, draft_id: int) -> int:
    return approve_wording(ctx, draft_id, expected_version=version_of(ctx, draft_id))


def text_in_use(ctx: Context, organ_id: int | None = None, on: date = TODAY) -> str:
    ctx.session.rollback()
    return get_wording(ctx.session, KEY, on, organ_id).template.paragraphs[0].text


def test_a_wording_is_in_use_once_the_advisor_approved_it(supervisor: Context, advisor: Context) -> None:
    before = text_in_use(supervisor)
    draft_id = put_forward(supervisor)
    assert text_in_use(supervisor) == before
    version_id = approve(advisor, draft_id)
    assert text_in_use(supervisor) == NEW
    old = supervisor.session.scalars(select(LetterTemplateVersion).order_by(LetterTemplateVersion.number))
    numbers = [v.number for v in old if v.template_id == _template_of(supervisor, version_id)]
    assert numbers == [1, 2]


def _template_of(ctx: Context, version_id: int) -> int:
    return ctx.session.get_one(LetterTemplateVersion, version_id).template_id


def test_it_is_in_use_from_its_day(supervisor: Context, advisor: Context) -> None:
    later = date(2026, 12, 1)
    approve(advisor, put_forward(supervisor, on=later))
    assert text_in_use(supervisor, on=date(2026, 11, 30)) != NEW
    assert text_in_use(supervisor, on=later) == NEW


def test_a_returned_draft_says_why_and_can_be_sent_again(supervisor: Context, advisor: Context) -> None:
    draft_id = put_forward(supervisor)
    with pytest.raises(Invalid):
        return_wording(advisor, draft_id, " ", expected_version=version_of(advisor, draft_id))
    return_wording(advisor, draft_id, "条款没有写明", expected_version=version_of(advisor, draft_id))
    row = supervisor.session.get_one(WordingDraft, draft_id)
    assert (row.status, row.comment) == ("returned", "条款没有写明")
    with pytest.raises(Conflict):
        put_forward(supervisor)
    again = save_wording(
        supervisor,
        KEY,
        None,
        Reworded(source(NEW + "第二稿。"), "按意见修改", TODAY),
        expected_version=version_of(supervisor, draft_id),
        submit=True,
    )
    assert again == draft_id
    with pytest.raises(Conflict):
        approve_wording(advisor, draft_id, expected_version=1)
    withdraw_wording(supervisor, draft_id, expected_version=version_of(supervisor, draft_id))
    with pytest.raises(Conflict):
        approve(advisor, draft_id)


def test_nobody_else_edits_or_approves(
    supervisor: Context, advisor: Context, cast: Cast, ctx_for: ContextFor
) -> None:
    for part in ("clerk", "approver", "disclosure_head", "administrator", "auditor", "legal_advisor"):
        with pytest.raises(Forbidden):
            put_forward(ctx_for(cast.actors[part], TODAY))
    draft_id = put_forward(supervisor)
    for part in ("clerk", "approver", "disclosure_head", "supervisor", "administrator", "auditor"):
        with pytest.raises(Forbidden):
            approve(ctx_for(cast.actors[part], TODAY), draft_id)


def test_what_is_unsound_is_not_stored(supervisor: Context) -> None:
    for bad in (
        Reworded(source("{{ aplicant }}"), "x", TODAY),
        Reworded(template_source(TEMPLATES["receipt"]), "x", TODAY),
        Reworded(source(), " ", TODAY),
        Reworded(source(), "x", date(2026, 1, 1)),
        Reworded(template_source(TEMPLATES[KEY]), "x", TODAY),
    ):
        with pytest.raises(Invalid):
            save_wording(supervisor, KEY, None, bad, expected_version=None)
    assert supervisor.session.scalar(select(func.count()).select_from(WordingDraft)) == 0


def test_a_local_wording_needs_the_district_and_is_its_organ_s_alone(
    supervisor: Context, advisor: Context, cast: Cast, ctx_for: ContextFor
) -> None:
    head, ours = ctx_for(cast.disclosure_head, TODAY), cast.organ_ids["MZJ"]
    with pytest.raises(Forbidden):
        put_forward(head, cast.organ_ids["CZJ"])
    draft_id = put_forward(head, ours)
    with pytest.raises(Forbidden):
        approve(advisor, draft_id)
    version_id = approve(supervisor, draft_id)
    assert text_in_use(supervisor, ours) == NEW
    assert get_wording(supervisor.session, KEY, TODAY, ours).local
    assert text_in_use(supervisor, cast.organ_ids["CZJ"]) != NEW
    approve(advisor, put_forward(supervisor, text=NEW + "全区。"))
    assert text_in_use(supervisor, ours) == NEW
    end_local_wording(head, version_id)
    assert text_in_use(supervisor, ours) == NEW + "全区。"
    with pytest.raises(NotLawfulNow):
        end_local_wording(head, version_id)


def test_a_stored_draft_keeps_its_wording_until_its_writer_takes_the_new_one(
    office: Office, supervisor: Context, advisor: Context
) -> None:
    case_id = office.case()
    letter_id = office.draft(case_id, PETITION)
    approve(advisor, put_forward(supervisor))

    def saved_text() -> str:
        return LetterDocument.from_data(office.letter(letter_id).content).text()

    def save(renew: bool) -> None:
        version = office.letter(letter_id).version_id
        save_draft(
            office.clerk, case_id, PETITION, letter_id=letter_id, expected_version=version, renew=renew
        )

    save(renew=False)
    assert "的申请实为" not in saved_text()
    case, letter = office.session.get_one(Case, case_id), office.letter(letter_id)
    ((old, now),) = superseded(office.clerk, case, letter)
    assert (old.number, now and now.number) == (1, 2)
    save(renew=True)
    assert "的申请实为信访" in saved_text()
    assert superseded(office.clerk, case, office.letter(letter_id)) == ()


def test_what_is_shipped_anew_is_a_draft_where_the_district_has_its_own(
    supervisor: Context, advisor: Context
) -> None:
    approve(advisor, put_forward(supervisor))
    shipped = read_shipped_letters() | {KEY: source("{{ you }}的申请不作为政府信息公开申请处理。")}
    assert load_shipped_templates(supervisor, shipped) == 1
    assert load_shipped_templates(supervisor, shipped) == 0
    assert text_in_use(supervisor) == NEW


def test_a_library_file_makes_drafts_and_touches_nothing(supervisor: Context, cast: Cast) -> None:
    def file(text: str, digest: str = "") -> bytes:
        sha = digest or hashlib.sha256(text.encode()).hexdigest()
        same = template_source(TEMPLATES["receipt"])
        documents = [
            {"key": KEY, "source": text, "sha256": sha},
            {"key": "receipt", "source": same, "sha256": hashlib.sha256(same.encode()).hexdigest()},
        ]
        return json.dumps({"documents": documents}).encode()

    before = text_in_use(supervisor)
    for bad in (b"", b"[]", b"\xff", file(source(), "0" * 64), file("key = 1")):
        with pytest.raises(Invalid):
            import_library(supervisor, bad)
    assert import_library(supervisor, file(source())) == 1
    assert import_library(supervisor, file(source())) == 0
    assert text_in_use(supervisor) == before
