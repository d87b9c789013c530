"""A day's post: what is in it, what is printed, and mail numbers recorded all or none."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import TODAY, Office
from tracker.adapters.fonts import FontSet
from tracker.adapters.pdf_binder import blank_pdf, count_pages
from tracker.adapters.typesetter import MemoryRenderer, TypstRenderer
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.letter_document import LetterDocument
from tracker.domain.post_paper import Label, PostPaper, PostRow
from tracker.domain.returned_mail import ReturnKind
from tracker.models import Applicant, Case, Dispatch, PersonalDataReading
from tracker.queries.letters import list_proof_overdue
from tracker.services.dispatch import Delivery, record_delivery, record_returned_mail
from tracker.services.posting import list_envelopes, print_labels, print_post, record_posting
from tracker.services.sign_off import seal
from tracker.services.unit_of_work import transaction

INSTANCE = Path(__file__).parents[2] / "instance"
FIRST, SECOND = "EX100000001CN", "EX100000002CN"


class OnePage(MemoryRenderer):
    """A twin whose letters are pages that can be bound."""

    def pdf(self, document: LetterDocument) -> bytes:
        return blank_pdf(1)


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, OnePage())


def sealed(office: Office, serial: int, applicant: str = "张三", address: str = "椒江区某路1号") -> int:
    case_id = office.case(serial=serial, applicant=applicant)
    ctx = office.clerk
    with transaction(ctx) as session:
        person = session.scalars(select(Applicant).where(Applicant.case_id == case_id)).one()
        person.address_cipher = ctx.adapters.cipher.seal(address)
        person.postcode = "318000"
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    return letter_id


def test_only_what_is_signed_and_sealed_is_in_the_post(office: Office) -> None:
    assert not list_envelopes(office.clerk)
    unsealed = office.signed(office.case(serial=9))
    ready = [sealed(office, 1), sealed(office, 2), sealed(office, 3, "李四")]
    found = list_envelopes(office.clerk)
    assert [e.letter_ids for e in found] == [tuple(ready[:2]), (ready[2],)]
    assert unsealed not in {x for e in found for x in e.letter_ids}
    assert not list_envelopes(office.ctx(office.cast.colleague))


def test_another_address_is_another_envelope(office: Office) -> None:
    one, other = sealed(office, 1), sealed(office, 2, address="椒江区另一路2号")
    assert [e.letter_ids for e in list_envelopes(office.clerk)] == [(one,), (other,)]


def test_one_mail_item_carries_several_letters(office: Office) -> None:
    ready = [sealed(office, 1), sealed(office, 2), sealed(office, 3, "李四")]
    assert record_posting(office.clerk, f"{FIRST}\n{SECOND}", on=TODAY) == 3
    rows = {d.letter_id: (d.mail_number, d.way) for d in office.session.scalars(select(Dispatch))}
    assert rows == {
        ready[0]: (FIRST, "post"),
        ready[1]: (FIRST, "post"),
        ready[2]: (SECOND, "post"),
    }
    cases = office.session.scalars(select(Case.stage)).all()
    assert set(cases) == {"dispatched"} and not list_envelopes(office.clerk)


def test_scanned_numbers_follow_what_was_chosen(office: Office) -> None:
    sealed(office, 1)
    chosen = sealed(office, 2, "李四")
    record_posting(office.clerk, FIRST, on=TODAY, only=[chosen])
    assert office.session.scalars(select(Dispatch.letter_id)).all() == [chosen]


def test_all_lines_are_recorded_or_none(office: Office) -> None:
    number = office.letter(sealed(office, 1)).number
    sealed(office, 2, "李四")
    with pytest.raises(Invalid) as caught:
        record_posting(office.clerk, f"{number} {FIRST}\n椒民公开〔2026〕99号 {SECOND}", on=TODAY)
    assert [m.params["line"] for m in caught.value.fields["lines"]] == [2]  # type: ignore[union-attr]
    assert not office.session.scalars(select(Dispatch)).all()
    with pytest.raises(Invalid) as early:
        record_posting(office.clerk, f"{number} {FIRST}", on=date(2026, 11, 20))
    assert early.value.fields["lines"]
    assert not office.session.scalars(select(Dispatch)).all()
    record_posting(office.clerk, f"{number} {FIRST}", on=TODAY)
    with pytest.raises(Invalid, match="更正"):
        record_posting(office.clerk, FIRST, on=TODAY)


def test_printing_addresses_is_on_record_and_the_pack_holds_list_labels_and_letters(office: Office) -> None:
    ready = [sealed(office, 1), sealed(office, 2), sealed(office, 3, "李四")]
    print_labels(office.clerk, ready[:1])
    pack = print_post(office.clerk, ready)
    assert count_pages(pack) == 2 + len(ready)
    readings = office.session.scalars(select(PersonalDataReading)).all()
    assert {r.field for r in readings} == {"post_label"}
    assert len({r.case_id for r in readings}) == len(readings) == 3
    for outsider in (office.cast.colleague, office.cast.legal_advisor):
        with pytest.raises(NotFound):
            print_labels(office.ctx(outsider), ready)


def test_an_address_with_a_character_no_font_has_is_not_printed(office: Office) -> None:
    letter_id = sealed(office, 1, address="某㛃路")
    office.renderer.lacking = "㛃"
    with pytest.raises(Invalid) as caught:
        print_labels(office.clerk, [letter_id])
    assert "㛃" in str(caught.value.fields["letter"][0])


# one item, several letters


def posted(office: Office) -> tuple[int, int, int]:
    """Two letters to one person in one envelope, and one to another."""
    made = sealed(office, 1), sealed(office, 2), sealed(office, 3, "李四")
    record_posting(office.clerk, f"{FIRST}\n{SECOND}", on=TODAY)
    return made


def test_what_happens_to_a_mail_item_happens_to_all_in_it(office: Office) -> None:
    one, two, other = posted(office)
    back = date(2026, 11, 25)
    office.today = back
    record_returned_mail(
        office.clerk, two, on=back, kind=ReturnKind.REFUSED, why="批注：本人拒收", expected_version=None
    )
    for letter_id in (one, two):
        (sent,) = office.letter(letter_id).dispatches
        assert (sent.returned_on, sent.return_kind) == (back, "refused")
        assert sent.return_reason == "拒收：批注：本人拒收"
    assert office.letter(other).dispatches[0].returned_on is None
    assert [e.letter_ids for e in list_envelopes(office.clerk)] == [(one, two)]
    record_posting(office.clerk, "EX100000009CN", on=back)
    record_delivery(office.clerk, one, delivery=Delivery(back, "张三"), expected_version=None)
    assert [d.delivered_on for d in office.letter(two).dispatches] == [None, back]
    assert set(office.session.scalars(select(Case.stage).where(Case.id != office.letter(other).case_id))) == {
        "delivered"
    }


def test_another_reason_has_to_be_written_down(office: Office) -> None:
    one, *_rest = posted(office)
    with pytest.raises(Invalid):
        record_returned_mail(
            office.clerk, one, on=TODAY, kind=ReturnKind.OTHER, why=" ", expected_version=None
        )
    record_returned_mail(office.clerk, one, on=TODAY, kind=ReturnKind.MOVED, expected_version=None)
    assert office.letter(one).dispatches[0].return_reason == "迁移新址"


def test_proof_that_does_not_come_is_listed_from_the_sixth_working_day(office: Office) -> None:
    ready = posted(office)
    session, clerk = office.session, office.cast.clerk
    assert not list_proof_overdue(session, clerk, date(2026, 11, 30))
    late = list_proof_overdue(session, clerk, date(2026, 12, 2))
    assert {w.letter_id for w in late} == set(ready) and {w.proof_late for w in late} == {2}
    assert not list_proof_overdue(session, office.cast.colleague, date(2026, 12, 2))
    office.today = date(2026, 12, 2)
    record_delivery(office.clerk, ready[2], delivery=Delivery(office.today), expected_version=None)
    assert {w.letter_id for w in list_proof_overdue(session, clerk, office.today)} == set(ready[:2])


# on paper

HOSTILE = '#read("/etc/passwd") $x$ *粗* <b>&'


def paper(count: int, to: str = "张三") -> PostPaper:
    contents = ("椒民公开〔2026〕1号", "椒民公开〔2026〕2号")
    labels = tuple(
        Label(to, "13800000000", "318000", f"某路{n}号", "区民政局", "", "", "", contents, str(n))
        for n in range(1, count + 1)
    )
    return PostPaper("区民政局", TODAY, tuple(PostRow(x.mark, x.to, x.contents) for x in labels), labels)


def test_the_sheets_hold_every_label_eight_a_page_and_text_stays_text() -> None:
    renderer = TypstRenderer(FontSet.of_installation(INSTANCE))
    made = paper(9, "𠮷田" + HOSTILE)
    assert renderer.missing_on_post(made) == ()
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(renderer.post_pdf(made))).pages]
    assert len(pages) == 3 and "交邮清单" in pages[0] and "内装公文 18 份" in pages[0]
    assert pages[1].count("收件人") == 8 and pages[2].count("收件人") == 1
    for page in pages:
        assert '𠮷田#read("/etc/passwd")' in page.replace(" ", "").replace("\n", "") and "root:" not in page
    only_labels = PostPaper(made.organs, made.made_on, (), made.labels)
    assert len(pypdf.PdfReader(io.BytesIO(renderer.post_pdf(only_labels))).pages) == 2
