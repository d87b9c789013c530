"""The computation sheet on paper: PDF/A that says what the sheet says, cell by cell."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.adapters.test_typesetter import HOSTILE, squeezed
from tests.domain.logs import CALENDAR, day, log
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import MemoryRenderer, TypesettingFailed, TypstRenderer
from tracker.domain.sheet import sheet_of
from tracker.domain.sheet_facts import SheetFact
from tracker.domain.sheet_paper import SheetHead, SheetPaper, facts_digest, paper_of

INSTANCE = Path(__file__).parents[2] / "instance"
LONG = log(
    "received 2026-09-10",
    "suspended 2026-09-12 cause=third_party",
    "resumed 2026-09-18",
    "correction_requested 2026-09-22",
    "corrected 2026-09-29",
    "extended 2026-10-20 days=10",
    "dispatched 2026-12-01 by=post",
)
TODAY = day("2026-12-05")
NUMBER = "椒民公开期〔2026〕3号"


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    fonts = FontSet.of_installation(INSTANCE)
    assert fonts.complete, "no fonts for letters: run make fonts"
    return TypstRenderer(fonts)


def paper(number: str = NUMBER, facts: list[SheetFact] | None = None) -> SheetPaper:
    head = SheetHead(
        organ="椒江区民政局",
        case_number="椒民公开受〔2026〕12号",
        made_on=TODAY,
        number=number,
        made_by="王经办" if number else "",
        through_seq=7,
        facts_digest=facts_digest(LONG),
    )
    return paper_of(sheet_of(LONG, CALENDAR, TODAY, facts=facts), head)


def text_of(content: bytes) -> str:
    """All pages in one, without what stands at head and foot of each."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return squeezed("".join(pages))


def cell_text(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    if cell["kind"] == "outside":
        return str(cell["date"])
    shown = cell["number"] if cell["kind"] in ("counted", "receipt") else ""
    return f"{cell['date']}{shown}{''.join(cell['signs'])}"


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def test_every_text_and_every_cell_of_the_sheet_stands_on_the_paper(renderer: TypstRenderer) -> None:
    told = paper()
    text = text_of(renderer.sheet_pdf(told))
    for part in told.data["parts"]:
        for month in part["months"]:
            drawn = month["caption"] + "".join(month["heads"]) + "".join(map(cell_text, month["cells"]))
            assert squeezed(drawn) in text, month["caption"]
    codes = {"counted", "off", "suspended", "waiting", "receipt", "outside"}
    for wanted in strings({key: value for key, value in told.data.items() if key != "made_on"}):
        if wanted not in codes:
            assert squeezed(wanted) in text, wanted


def test_numbered_cells_on_paper_are_the_days_of_the_sheet(renderer: TypstRenderer) -> None:
    part = paper().data["parts"][-1]
    numbered = [c["number"] for m in part["months"] for c in m["cells"] if c and c.get("kind") == "counted"]
    assert numbered == [str(n) for n in range(1, 42)]
    assert [c["number"] for m in part["months"] for c in m["cells"] if c and c.get("due")] == ["30"]


def test_it_is_pdf_a_on_a4_with_page_numbers_head_and_signature(renderer: TypstRenderer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(renderer.sheet_pdf(paper())))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
        assert f"第{number}页，共{len(reader.pages)}页" in text
        assert f"期限计算说明{NUMBER}" in text and "椒民公开受〔2026〕12号" in text
    whole = text_of(renderer.sheet_pdf(paper()))
    assert "经办人（签名）：" in whole and "日期：" in whole and facts_digest(LONG) in whole


def test_it_is_black_and_white(renderer: TypstRenderer) -> None:
    """No colour operator in any page: only greys."""
    for page in pypdf.PdfReader(io.BytesIO(renderer.sheet_pdf(paper()))).pages:
        content = page.get_contents()
        assert content is not None
        operators = {operator for _, operator in content.operations}  # type: ignore[attr-defined]
        assert not operators & {b"rg", b"RG", b"k", b"K"}
        for operands, operator in content.operations:  # type: ignore[attr-defined]
            if operator in (b"scn", b"SCN"):
                assert len([o for o in operands if isinstance(o, int | float)]) <= 1


def test_without_a_number_it_says_so(renderer: TypstRenderer) -> None:
    assert "期限计算说明未编号" in text_of(renderer.sheet_pdf(paper(number="")))


def test_proofs_stand_beside_their_facts_and_hostile_texts_stay_texts(renderer: TypstRenderer) -> None:
    facts = [
        SheetFact(1, day("2026-09-10"), "收到申请", "李登记", None, ("邮件号 XA123", HOSTILE)),
        SheetFact(4, day("2026-09-22"), "告知补正", "李登记"),
    ]
    text = text_of(renderer.sheet_pdf(paper(facts=facts)))
    assert "邮件号XA123" in text and "未附凭证" in text
    assert '#read("/etc/passwd")' in text and "root:" not in text


def test_equal_content_gives_equal_bytes(renderer: TypstRenderer) -> None:
    fresh = TypstRenderer(FontSet.of_installation(INSTANCE))
    assert renderer.sheet_pdf(paper()) == fresh.sheet_pdf(SheetPaper(dict(paper().data)))


def test_the_longest_sheet_is_set(renderer: TypstRenderer) -> None:
    many = log("received 2026-09-10", "dispatched 2026-09-11 by=post", "ordered_anew 2026-09-14 days=5000")
    sheet = sheet_of(many, CALENDAR, day("2026-09-20"))
    content = renderer.sheet_pdf(paper_of(sheet, SheetHead("", "", TODAY)))
    assert "没有列出。" in text_of(content)


def test_characters_no_font_has_are_named(renderer: TypstRenderer, tmp_path: Path) -> None:
    odd = paper(facts=[SheetFact(1, TODAY, "收到\U0010fffd")])
    assert renderer.missing_on_sheet(odd) == ("\U0010fffd",)
    assert renderer.missing_on_sheet(paper()) == ()
    with pytest.raises(TypesettingFailed):
        TypstRenderer(FontSet((tmp_path,))).sheet_pdf(paper())


def test_the_twin_answers_like_the_real_one() -> None:
    twin = MemoryRenderer(lacking="椒")
    assert twin.missing_on_sheet(paper()) == ("椒",)
    assert NUMBER.encode() in twin.sheet_pdf(paper())
    twin.failing = True
    with pytest.raises(TypesettingFailed):
        twin.sheet_pdf(paper())
