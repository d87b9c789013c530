"""Every standard document set and put on one sheet, so that people look at each page (make contact-sheet).

Writes ``test-output/letters/<document>-<page>.png`` and ``test-output/letters/sheet-<n>.png``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import typst

from tests.letter_samples import DOCUMENTS, SLOTS, composed
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import TypstRenderer

HERE = Path(__file__).resolve().parents[1]
OUT = HERE / "test-output" / "letters"
PAGES_A_SHEET = 12
_PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image("letter.pdf", page: %d, width: 210mm)'
_SHEET = """#set page(width: 860mm, height: auto, margin: 8mm, fill: luma(225))
#set text(font: "%s", size: 20pt)
#grid(columns: 4, gutter: 8mm, %s)"""


def make(fonts: FontSet) -> list[Path]:
    """Set every document and lay its pages out. Returns the sheets; raises what the typesetter raises."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    renderer = TypstRenderer(fonts)
    folders = [str(folder) for folder in fonts.folders()]
    pages: list[Path] = []
    for key in DOCUMENTS:
        (OUT / "letter.pdf").write_bytes(renderer.pdf(composed(key).fill(**SLOTS)))
        count = len(pypdf.PdfReader(OUT / "letter.pdf").pages)
        for number in range(1, count + 1):
            pages.append(OUT / f"{key}-{number}.png")
            _set(_PAGE % number, pages[-1], folders, ppi=96)
    (OUT / "letter.pdf").unlink()
    sheets = []
    for start in range(0, len(pages), PAGES_A_SHEET):
        sheets.append(OUT / f"sheet-{start // PAGES_A_SHEET + 1:02d}.png")
        some = pages[start : start + PAGES_A_SHEET]
        cells = ", ".join(f'stack(spacing: 3mm, [{p.stem}], image("{p.name}"))' for p in some)
        _set(_SHEET % (fonts.families("song")[0], cells), sheets[-1], folders, ppi=40)
    return sheets


def _set(source: str, out: Path, folders: list[str], *, ppi: float) -> None:
    main = OUT / "main.typ"
    main.write_text(source, encoding="utf-8")
    typst.compile(str(main), output=str(out), root=str(OUT), font_paths=folders, format="png", ppi=ppi)
    main.unlink()


if __name__ == "__main__":
    for sheet in make(FontSet.of_installation(HERE / "instance")):
        print(sheet.relative_to(HERE))
