"""``make bench-report``: what register, tables and export of a year cost, each against the bare way in one run.

``python -m tests.bench.report [sqlite] [postgresql] [import] …``: all of them without arguments.
"""

from __future__ import annotations

import sys

from tests.bench import report_import

KINDS = ("sqlite", "postgresql")


def main() -> None:
    """Measure what is asked for; figures only."""
    kinds = tuple(word for word in sys.argv[1:] if word in KINDS) or KINDS
    sizes = tuple(int(word) for word in sys.argv[1:] if word.isdecimal()) or report_import.SIZES
    report_import.measure(kinds, sizes)


if __name__ == "__main__":
    main()
