"""Table 3 as CSV, out and in: the columns others rely on, and published tables as they are typed off."""

from __future__ import annotations

import csv
import io

from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, ROW_OF_NUMBER, ROWS, AnnualTable, CellName
from tracker.domain.errors import Invalid
from tracker.domain.vocabulary import N_

HEADER = ("row", "name", *(COLUMN_NAMES[column] for column in COLUMNS))
MAX_CHARACTERS = 100_000
_MAX_DIGITS = 9


def write_csv(table: AnnualTable) -> str:
    """Header and 25 lines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for row in ROWS:
        writer.writerow([row.number, row.name, *table.line(row.number)])
    return out.getvalue()


def read_csv(text: str) -> AnnualTable:
    """A table of 25 lines (row number, name, seven numbers; a blank is 0), commas or tabs between them; a heading line
    may stand before. Raises ``Invalid`` under ``table`` with every line that cannot be read and every row missing."""
    if len(text) > MAX_CHARACTERS:
        raise Invalid({"table": [N_("内容过长，不像一张表三，请只提交 25 行数据。")]})
    faults: list[str] = []
    cells: dict[CellName, int] = {}
    seen: set[str] = set()
    body = text.lstrip("\ufeff")
    tabs = "\t" in body.partition("\n")[0]
    for line, fields in enumerate(csv.reader(io.StringIO(body), delimiter="\t" if tabs else ","), start=1):
        number = fields[0].strip() if fields else ""
        if number in ROW_OF_NUMBER and number not in seen:
            seen.add(number)
            faults += _read_line(number, fields, line, cells)
        elif number in seen:
            faults.append(f"第 {line} 行：行号 {number} 重复。")
        elif seen and number:
            faults.append(f"第 {line} 行：没有行号“{number[:10]}”。")
    missing = [row.number for row in ROWS if row.number not in seen]
    if missing:
        faults.append(f"缺少下列各行：{'、'.join(missing)}。每行依次为行号、名称和七个数字。")
    if faults:
        raise Invalid({"table": faults})
    return AnnualTable(cells)


def _read_line(number: str, fields: list[str], line: int, cells: dict[CellName, int]) -> list[str]:
    values = [field.strip() for field in fields[2:]]
    if len(values) < len(COLUMNS):
        return [f"第 {line} 行（{number}）：应有 {len(COLUMNS)} 个数字，只有 {len(values)} 个。"]
    faults = []
    for column, text in zip(COLUMNS, values, strict=False):
        plain = text.removeprefix("-")
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= _MAX_DIGITS):
            faults.append(f"第 {line} 行（{number}）“{COLUMN_NAMES[column]}”：“{text[:20]}”不是整数。")
            continue
        cells[CellName(number, column)] = int(text) if plain else 0
    return faults
