"""``python -m tests.mutation.score``: how many mutants of each module the tests noticed, and what the others changed.

Fails where a mutant went unnoticed that ``docs/mutation-survivors.csv`` gives no reason for. ``--write`` adds such
mutants to that file, to be given a reason by hand.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.mutation.survivors import reasons, unexplained, write

NOTICED = frozenset({"killed", "timeout", "caught by type check", "segfault"})
NOT_RUN = "not checked"


def main() -> None:
    """Reads what the last run left and prints a table, then the mutants that went unnoticed."""
    mutmut = Path(sys.executable).with_name("mutmut")
    listed = subprocess.run([mutmut, "results", "--all", "true"], capture_output=True, text=True, check=True)
    told = [line.strip().rpartition(": ") for line in listed.stdout.splitlines() if ": " in line]
    states = [(name, state) for name, _, state in told if state != NOT_RUN]
    if not states:
        sys.exit("no mutants: run scripts/test-long.sh first")
    per_module: dict[str, Counter[str]] = {}
    for name, state in states:
        module = name.partition(".x")[0]
        per_module.setdefault(module, Counter())["noticed" if state in NOTICED else state] += 1
    for module, counts in sorted(per_module.items()):
        total = sum(counts.values())
        print(f"{module:<36} {counts['noticed']:>5} of {total:>5}  {100 * counts['noticed'] / total:5.1f} %")
    if len(told) > len(states):
        print(f"({len(told) - len(states)} were not run)")
    everything = sum(per_module.values(), Counter[str]())
    print(f"{'all':<36} {everything['noticed']:>5} of {sum(everything.values()):>5}")
    known = reasons()
    open_ = list(unexplained((name for name, state in states if state not in NOTICED), known))
    for change in open_:
        print(f"  no reason yet: {change.where}\n    - {change.before}\n    + {change.after}")
    if "--write" in sys.argv:
        write({**known, **dict.fromkeys(open_, "")})
    if open_:
        sys.exit(f"{len(open_)} went unnoticed without a reason in docs/mutation-survivors.csv")


if __name__ == "__main__":
    main()
