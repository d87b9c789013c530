"""``python -m tests.attack BASE [NAME …]``: our own attacks, one line each; 1 when one of them got through."""

from __future__ import annotations

import sys
import time

from tests.attack.attacks import ATTACKS


def main(base: str, names: list[str]) -> int:
    """Run the attacks of these names, or all."""
    failed = 0
    for name, attack in ATTACKS.items():
        if names and name not in names:
            continue
        begun = time.monotonic()
        tried, faults = attack(base)
        failed += bool(faults)
        took = time.monotonic() - begun
        print(
            f"  {'✗' if faults else '✓'} {name}: {tried} requests, {len(faults)} got through ({took:.0f} s)"
        )
        for fault in faults[:20]:
            print(f"      {fault}")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:]))
