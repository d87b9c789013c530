"""``python -m tests.attack.findings wapiti|sqlmap ROLE FILE``: what a scanner found, in lines; 1 when it did."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path


def wapiti(path: Path) -> tuple[list[str], str]:
    """What it found, and how much it looked at."""
    told = json.loads(path.read_text("utf-8"))
    found = [
        f"{kind}: {each['method']} {each['path']} {each.get('parameter') or ''} {each['info'][:120]}"
        for part in ("vulnerabilities", "anomalies")
        for kind, each_kind in told[part].items()
        for each in each_kind
    ]
    log = path.with_suffix(".log").read_text("utf-8", "replace")
    attacked = set(re.findall(r"^\[\+\] (?:GET|POST) (\S+)", log, re.M))
    return found, f"{len(attacked)} addresses attacked in the time given"


def sqlmap(path: Path) -> tuple[list[str], str]:
    """What it found and did not take back, and how many parameters it looked at. A machine under load answers late now
    and then, which looks like a blind injection until it is asked again."""
    text = path.read_text("utf-8", "replace")
    found = re.findall(r"parameter '[^']+' is vulnerable.*", text)
    found += re.findall(r"^Parameter: .*", text, re.M)
    tested = len(re.findall(r"does not seem to be injectable", text))
    taken_back = len(re.findall(r"false positive or unexploitable injection point", text))
    return found, f"{tested} parameters tested to the end, {taken_back} suspicions it took back itself"


if __name__ == "__main__":
    tool, role, where = sys.argv[1:]
    if not Path(where).is_file():
        print(f"  ✗ {tool} {role}: no report")
        sys.exit(1)
    found, seen = (wapiti if tool == "wapiti" else sqlmap)(Path(where))
    print(f"  {'✗' if found else '✓'} {tool} {role}: {len(found)} findings ({seen})")
    for each in found:
        print(f"      {each}")
    sys.exit(bool(found))
