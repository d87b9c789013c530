"""Where the ink of a PDF lies, in millimetres from the top left corner: for tests that measure a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pypdf

MM = 72 / 25.4
Point = tuple[float, float]


@dataclass(frozen=True)
class Run:
    """Glyphs set at one go: from ``left`` to ``right`` on a baseline, ``size`` in points."""

    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Stroke:
    """A straight line; ``width`` in points."""

    start: Point
    end: Point
    width: float


@dataclass(frozen=True)
class Ink:
    """What is drawn on one page."""

    strokes: tuple[Stroke, ...]
    runs: tuple[Run, ...]

    def lines(self) -> list[tuple[float, float, float]]:
        """Lines of text from the top: left edge, right edge, baseline."""
        found: dict[float, tuple[float, float]] = {}
        for run in self.runs:
            key = round(run.baseline, 1)
            left, right = found.get(key, (run.left, run.right))
            found[key] = (min(left, run.left), max(right, run.right))
        return [(left, right, baseline) for baseline, (left, right) in sorted(found.items())]


def ink_of(content: bytes, page: int = 0) -> Ink:
    """Strokes and glyph runs of one page."""
    strokes: list[Stroke] = []
    runs: list[Run] = []
    sheet = pypdf.PdfReader(io.BytesIO(content)).pages[page]
    height = float(sheet.mediabox.height) / MM
    fonts = {name: _widths(font.get_object()) for name, font in _fonts(sheet).items()}
    state: dict[str, Any] = {"width": 1.0, "at": (0.0, 0.0), "font": {}, "size": 1.0}

    def place(cm: list[float], x: float, y: float) -> Point:
        return (cm[0] * x + cm[2] * y + cm[4]) / MM, height - (cm[1] * x + cm[3] * y + cm[5]) / MM

    def visit(operator: bytes, operands: Any, cm: list[float], tm: list[float]) -> None:
        if operator == b"w":
            state["width"] = float(operands[0])
        elif operator == b"Tf":
            state["font"], state["size"] = fonts.get(operands[0], {}), float(operands[1])
        elif operator == b"m":
            state["at"] = place(cm, float(operands[0]), float(operands[1]))
        elif operator == b"l":
            end = place(cm, float(operands[0]), float(operands[1]))
            strokes.append(Stroke(state["at"], end, float(state["width"])))
        elif operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            left, baseline = place(cm, tm[4], tm[5])
            scale = state["size"] * abs(tm[0] * cm[0])
            wide = sum(_advance(part, state["font"]) for part in parts) / 1000 * scale / MM
            runs.append(Run(left, left + wide, baseline, scale))

    sheet.extract_text(visitor_operand_before=visit)
    return Ink(tuple(strokes), tuple(runs))


def _fonts(sheet: Any) -> Any:
    return sheet["/Resources"].get_object().get("/Font", {}).get_object()


def _widths(font: Any) -> dict[int, float]:
    """Advance of each glyph of a composite font, in thousandths."""
    if "/DescendantFonts" not in font:
        return {}
    inner = font["/DescendantFonts"][0].get_object()
    widths: dict[int, float] = {-1: float(inner.get("/DW", 1000))}
    told = list(inner.get("/W", []))
    while told:
        first, then = int(told.pop(0)), told.pop(0)
        if isinstance(then, list):
            widths |= {first + n: float(w) for n, w in enumerate(then)}
        else:
            wide = float(told.pop(0))
            widths |= dict.fromkeys(range(first, int(then) + 1), wide)
    return widths


def _advance(part: Any, widths: dict[int, float]) -> float:
    if isinstance(part, int | float):
        return -float(part)
    raw = bytes(part) if isinstance(part, bytes) else part.original_bytes
    codes = [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw) - 1, 2)]
    return sum(widths.get(code, widths.get(-1, 1000.0)) for code in codes)
