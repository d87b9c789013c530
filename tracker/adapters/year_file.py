"""The file a year of the calendar is handed over in, as the lines ``parse_year`` reads: text, or a sheet of Excel."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracker.domain.errors import TrackerError
from tracker.domain.vocabulary import N_

MOST_BYTES = 1024 * 1024
_MOST_ROWS = 500
_MOST_UNPACKED = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
)
"""What openpyxl raises for files that are not workbooks, or are damaged ones."""


def year_text(content: bytes) -> str:
    """The lines of a year file. Text is read as UTF-8, else as the GB 18030 that Excel writes; of a workbook the first
    sheet counts, a row a line. Raises ``TrackerError`` for a file too large or of another kind."""
    if len(content) > MOST_BYTES:
        raise TrackerError(N_("文件超过 1 MB，一年的放假安排不会这么大，请核对选的是不是这份文件。"))
    if content.startswith(_OLD_FORMAT):
        raise TrackerError(N_("这是旧版 .xls，请在 Excel 中另存为 .xlsx 或者 .csv 再读入。"))
    if content.startswith(_ZIP):
        return _sheet_text(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TrackerError(N_("看不出是文本还是表格，请用 .csv 或者 .xlsx 文件。"))


def _sheet_text(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(item.file_size for item in package.infolist()) > _MOST_UNPACKED:
                raise TrackerError(N_("表格展开后过大，请核对选的是不是这份文件。"))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        written = StringIO()
        writer = csv.writer(written, lineterminator="\n")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=3, values_only=True), start=1):
            cells = [_cell(value) for value in row]
            if number > _MOST_ROWS:
                raise TrackerError(N_("表格超过 %(most)d 行，请核对选的是不是这份文件。"), most=_MOST_ROWS)
            if cells[0].startswith("#"):
                written.write(f"{cells[0]}\n")
            elif any(cells):
                writer.writerow(cells)
            else:
                written.write("\n")
        book.close()
    except _UNREADABLE as error:
        raise TrackerError(N_("表格无法读取，请确认是未加密的 .xlsx 文件。")) from error
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip().replace("\n", " ")
