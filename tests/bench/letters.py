"""``make bench-letters``: .docx and PDF a second, cold and warm, against plain docxtpl and plain typst on the same
text in one run; then a batch of a thousand letters with the memory it takes.

Plain typst sets the same lines in the same two fonts on an A4 page with nothing around them, through one compiler that
is kept; plain docxtpl fills the same lines into a Word file made by python-docx, one paragraph a line. Ours add the
letter format, equal bytes for equal texts, PDF/A and the check of warnings. Cold is the first letter of a fresh
process, imports apart.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import typst
from docx import Document
from docxtpl import DocxTemplate

from tests.bench.timing import in_turns, machine, told
from tests.letter_samples import DOCUMENTS, SLOTS, composed
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import TypstRenderer, for_print
from tracker.domain.letter_document import LetterDocument

INSTANCE = Path(__file__).resolve().parents[2] / "instance"
SAMPLES = ("disclosed", "refused_process", "correction_notice", "delivery_receipt")
CALLS, ROUNDS, COLD_ROUNDS, BATCH = 20, 9, 5, 1_000
AIM = 1.5
ONCE = "once"
PLAIN = """#let d = json(bytes(sys.inputs.document))
#set page(paper: "a4")
#set text(font: d.fonts, size: 15.75pt, lang: "zh", region: "cn")
#text(font: d.title, weight: "bold", size: 22pt, d.lines.first())
#for l in d.lines.slice(1) { par(l) }
"""
Make = Callable[[LetterDocument], bytes]


def main() -> None:
    """``python -m tests.bench.letters [letters of the batch]``."""
    words = sys.argv[1:]
    if words[:1] == [ONCE]:
        print(first_of_a_process(words[1]))
        return
    size = next((int(word) for word in words if word.isdecimal()), BATCH)
    print(f"letters ({machine()})")
    warm()
    cold()
    batch(size)


def documents() -> list[LetterDocument]:
    """Issued letters of several kinds and lengths."""
    return [composed(key).fill(**SLOTS) for key in SAMPLES]


def makers(folder: Path) -> dict[str, Make]:
    """Ours and the plain ones, each made ready as an application would keep it."""
    fonts = FontSet.of_installation(INSTANCE)
    renderer = TypstRenderer(fonts)
    return {
        "PDF": renderer.pdf,
        "PDF, plain typst": plain_typst(fonts, folder),
        ".docx": renderer.docx,
        ".docx, plain docxtpl": plain_docxtpl(folder),
    }


def plain_typst(fonts: FontSet, folder: Path) -> Make:
    """The same lines, nothing around them."""
    source = folder / "plain.typ"
    source.write_text(PLAIN, encoding="utf-8")
    kept = typst.Compiler(
        input=str(source),
        root=str(folder),
        font_paths=[str(each) for each in fonts.folders()],
        ignore_system_fonts=True,
    )
    families = {"fonts": fonts.families("body"), "title": fonts.families("title")}

    def make(document: LetterDocument) -> bytes:
        told_lines = {"lines": list(for_print(document).lines()), **families}
        made = kept.compile(sys_inputs={"document": json.dumps(told_lines, ensure_ascii=False)}, format="pdf")
        assert isinstance(made, bytes)
        return made

    return make


def plain_docxtpl(folder: Path) -> Make:
    """The same lines, one paragraph each."""
    source = folder / "plain.docx"
    word = Document()
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        word.add_paragraph(text)
    word.save(str(source))

    def make(document: LetterDocument) -> bytes:
        template = DocxTemplate(str(source))
        template.render({"lines": list(for_print(document).lines())}, autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return make


def warm() -> None:
    """Letters one after the other, ours and the plain ones in turns."""
    with tempfile.TemporaryDirectory() as folder:
        letters, made = documents(), makers(Path(folder))

        def all_of(make: Make) -> Callable[[], object]:
            endless = _endlessly(letters)
            return lambda: make(next(endless))

        figures = in_turns({name: all_of(make) for name, make in made.items()}, CALLS, ROUNDS)
    print(f"warm, {CALLS} letters of {len(letters)} kinds a round, {ROUNDS} rounds")
    for name, each in figures.items():
        print(f"{told(name, each, 'ms')}   {1 / each.middle:7.1f} a second")
    for name in ("PDF", ".docx"):
        plain = next(other for other in figures if other.startswith(f"{name}, plain"))
        _judge(name, figures[name].ratio_to(figures[plain]))


def cold() -> None:
    """The first letter of a process, several processes of each kind in turns."""
    taken: dict[str, list[float]] = {}
    for _ in range(COLD_ROUNDS):
        for name in ("PDF", "PDF, plain typst", ".docx", ".docx, plain docxtpl"):
            command = [sys.executable, "-m", "tests.bench.letters", ONCE, name]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            taken.setdefault(name, []).append(float(said))
    print(f"cold, first letter of a process, {COLD_ROUNDS} processes each")
    for name, seconds in taken.items():
        print(f"  {name:<46} least {min(seconds) * 1e3:9.2f} ms   median {median(seconds) * 1e3:9.2f} ms")
    for name in ("PDF", ".docx"):
        plain = next(other for other in taken if other.startswith(f"{name}, plain"))
        _judge(name, median(a / b for a, b in zip(taken[name], taken[plain], strict=True)))


def first_of_a_process(name: str) -> float:
    """Seconds from nothing but imports to the first letter."""
    document = documents()[0]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        makers_of_one: dict[str, Callable[[], Make]] = {
            "PDF": lambda: TypstRenderer(FontSet.of_installation(INSTANCE)).pdf,
            "PDF, plain typst": lambda: plain_typst(FontSet.of_installation(INSTANCE), Path(folder)),
            ".docx": lambda: TypstRenderer(FontSet.of_installation(INSTANCE)).docx,
            ".docx, plain docxtpl": lambda: plain_docxtpl(Path(folder)),
        }
        makers_of_one[name]()(document)
        return time.perf_counter() - began


def batch(size: int) -> None:
    """So many letters, each another, both files of each; what the memory grew by after the first fifty."""
    renderer = TypstRenderer(FontSet.of_installation(INSTANCE))
    settled, began, taken = 0, time.perf_counter(), 0
    for n, document in enumerate(_different(size), start=1):
        taken += len(renderer.pdf(document)) + len(renderer.docx(document))
        if n == min(50, size):
            settled = _peak()
        _bar(n, size)
    seconds = time.perf_counter() - began
    print(
        f"batch of {size} letters, PDF and .docx of each: {seconds:.1f} s, {size / seconds:.1f} letters a second"
    )
    print(f"  {taken / 2**20:.1f} MiB of files; peak memory {_peak() / 2**20:.0f} MiB, ", end="")
    print(f"{(_peak() - settled) / 2**20:.1f} MiB above that of the first {min(50, size)}")


def _different(size: int) -> Iterator[LetterDocument]:
    for n in range(1, size + 1):
        document = composed(DOCUMENTS[n % len(DOCUMENTS)])
        last = document.blocks[-1]
        blocks = (*document.blocks[:-1], replace(last, text=f"{last.text}\n（第{n}份，申请人赵{n}）"))
        yield replace(document, blocks=blocks).fill(**{**SLOTS, "number": f"椒民公开〔2026〕{n}号"})


def _endlessly(letters: list[LetterDocument]) -> Iterator[LetterDocument]:
    while True:
        yield from letters


def _judge(name: str, ratio: float) -> None:
    print(f"  {name}: {ratio:.2f} × plain, aim {AIM} {'met' if ratio <= AIM else 'MISSED'}")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _bar(done: int, size: int) -> None:
    """A bar on a terminal, a line each tenth elsewhere."""
    out: Any = sys.stderr
    if out.isatty():
        filled = done * 40 // size
        out.write(f"\r  [{'#' * filled}{'.' * (40 - filled)}] {done}/{size}" + ("\n" if done == size else ""))
    elif done * 10 % size < 10:
        out.write(f"  {done}/{size}\n")
    out.flush()


if __name__ == "__main__":
    main()
