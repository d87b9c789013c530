"""制发文书: each document only at the stages where it is lawful, and only on what it rests on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import TEMPLATES
from tracker.domain.dispositions import NEED_NAMES, Need
from tracker.domain.letter_document import Layout
from tracker.domain.letter_template import TemplateKind, TemplateRemedy
from tracker.domain.stages import BEFORE_REPLY, Stage
from tracker.domain.standalone_documents import DOCUMENT_OF, FOR_THE_FILE, STANDALONE, missing_for

WITH_ITS_ACT = {
    "correction_notice",
    "extension_notice",
    "consult_third_party",
    "consult_organ",
    "fee_notice",
    "justification_notice",
    "forwarding",
    "delivery_receipt",
}


def test_every_document_that_is_no_reply_has_a_way_to_be_made() -> None:
    lapses = {"lapsed_uncorrected", "lapsed_unpaid"}
    alone = {k for k, t in TEMPLATES.items() if t.kind in (TemplateKind.NOTICE, TemplateKind.FORM)} | lapses
    assert set(DOCUMENT_OF) | WITH_ITS_ACT == alone
    assert not set(DOCUMENT_OF) & WITH_ITS_ACT


def test_what_tells_a_decision_with_a_remedy_is_signed_by_another_hand() -> None:
    own = (TemplateRemedy.EITHER, TemplateRemedy.THIRD_PARTY)
    assert {d.key for d in STANDALONE if d.decides} == {
        key for key, t in TEMPLATES.items() if t.remedy in own
    }


def test_forms_stay_in_the_file() -> None:
    forms = {key for key in DOCUMENT_OF if TEMPLATES[key].layout is Layout.FORM}
    assert forms == FOR_THE_FILE


def test_a_numbered_document_has_a_series_of_its_own() -> None:
    suffixes = [TEMPLATES[key].number_suffix for key in DOCUMENT_OF if not key.startswith("lapsed")]
    assert all(suffixes) and len(set(suffixes)) == len(suffixes)


@given(st.sampled_from(STANDALONE), st.sampled_from(Stage), st.sets(st.sampled_from(Need)))
def test_nothing_is_lawful_at_another_stage_or_without_its_records(
    document: object, stage: Stage, held: set[Need]
) -> None:
    assert document in STANDALONE
    missing = missing_for(document, stage, held)  # type: ignore[arg-type]
    needs, stages, when = document.needs, document.stages, document.when  # type: ignore[attr-defined]
    assert (not missing) is (stage in stages and needs <= held)
    assert (when in missing) is (stage not in stages)
    assert {NEED_NAMES[need] for need in needs - held} <= set(missing)


def test_nothing_is_added_to_a_closed_file_and_corrections_come_after_the_reply() -> None:
    assert all(Stage.ARCHIVED not in d.stages for d in STANDALONE)
    for key in ("supplement", "record_correction"):
        assert not DOCUMENT_OF[key].stages & BEFORE_REPLY
