"""The people of 区民政局 at their desks: what tests of letters are told with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tests.factories.letters import DISCLOSED, case_in_hand, with_twin
from tests.factories.reviews import approve
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.actors import Actor
from tracker.models import Case, Letter
from tracker.services.context import Context
from tracker.services.legal_review import submit
from tracker.services.letters import Draft, save_draft
from tracker.services.sign_off import sign_off

TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Office:
    """The people of 区民政局 at their desks on one day, with the typesetter's twin."""

    cast: Cast
    session: Session
    contexts: ContextFor
    renderer: MemoryRenderer
    today: date = TODAY

    def ctx(self, person: Actor) -> Context:
        made, twin = with_twin(self.contexts(person, self.today))
        return replace(made, adapters=replace(made.adapters, renderer=self.renderer))

    @property
    def clerk(self) -> Context:
        return self.ctx(self.cast.clerk)

    def case(self, **given: object) -> int:
        return case_in_hand(self.clerk, self.cast.organ_ids["MZJ"], **given)  # type: ignore[arg-type]

    def draft(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        return save_draft(self.clerk, case_id, draft, letter_id=None, expected_version=None).letter_id

    def approved(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        letter_id = self.draft(case_id, draft)
        submit(self.clerk, letter_id, expected_version=None)
        approve(self.ctx(self.cast.legal_advisor), letter_id)
        return letter_id

    def signed(self, case_id: int, draft: Draft = DISCLOSED) -> int:
        letter_id = self.approved(case_id, draft)
        sign_off(self.ctx(self.cast.approver), letter_id, expected_version=None)
        return letter_id

    def letter(self, letter_id: int) -> Letter:
        self.session.expire_all()
        return self.session.get_one(Letter, letter_id)

    def stage(self, case_id: int) -> str:
        self.session.expire_all()
        return self.session.get_one(Case, case_id).stage
