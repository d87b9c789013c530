"""Two PostgreSQL servers, the primary killed under load, the standby promoted: ``scripts/test-long.sh replication``.

Every act the site had answered is on the standby; site and job runner go on by themselves, without a restart, since the
address names both servers and each connection is tried before it is used.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.many_cases import TODAY
from tests.factories.calendars import load_shipped
from tests.load.pair import Pair
from tests.load.site import Site, until
from tests.load.visitor import Unanswered, Visitor
from tests.load.work import Office, check
from tests.people import settle
from tracker.adapters.migrations import upgrade_schema
from tracker.adapters.system_clock import clock_for
from tracker.models import Organ
from tracker.models.engine import make_engine

CLERKS = ("clerk", "second_clerk", "clerk", "second_clerk")


def main() -> None:
    """``python -m tests.long.replication [--rounds 3] [--seed …]``."""
    parser = argparse.ArgumentParser(prog="replication")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--acts", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    for nth in range(1, chosen.rounds + 1):
        print(f"round {nth}: {one_round(chosen.acts, chosen.seed + nth)}", flush=True)


def one_round(acts: int, seed: int) -> str:
    """Work, kill the primary while people work, promote, work on, look at everything."""
    pair = Pair()
    with tempfile.TemporaryDirectory(prefix="tracker-replication-") as folder:
        site = Site(pair.url(), Path(folder), TODAY, workers=2)
        try:
            pair.start()
            upgrade_schema(site.url)
            engine = make_engine(site.url)
            with Session(engine) as session:
                load_shipped(session)
                settle(session)
                organ_id = session.scalars(select(Organ.id).where(Organ.code == "MZJ")).one()
            engine.dispose()
            site.start_web()
            site.start_jobs()
            office = Office(site.port, [site.token_of(login) for login in CLERKS], organ_id, TODAY)
            office.open(seed)
            office.until_answered(acts)
            died_at = clock_for(TODAY).now()
            pair.primary.kill()
            before = office.book.answered
            began = time.monotonic()
            pair.standby.promote()
            promoted = time.monotonic() - began
            pair.standby.reload("synchronous_standby_names = ''")
            visitor = Visitor(site.port, site.token_of("clerk"), 30)
            back = until(lambda: _is_served(visitor), "the site serves again") + promoted
            office.until_answered(before + acts)
            office.close()
            engine = make_engine(site.url)
            found = check(engine, office.book)
            engine.dispose()
            for command in (("clock", "verify"), ("audit", "verify")):
                said = site.flask(*command)
                if said.returncode:
                    raise SystemExit(f"{command}: {said.stdout}{said.stderr}")
            until(lambda: _beats_after(site, died_at), "the job runner goes on", 180)
            return f"{found}; promoted in {promoted:.1f} s, pages again {back:.1f} s after the death"
        finally:
            site.stop()
            pair.stop()


def _is_served(visitor: Visitor) -> bool:
    try:
        visitor.get("/")
    except Unanswered:
        return False
    return True


def _beats_after(site: Site, died_at: datetime) -> bool:
    """Whether the runner, too, works on the new primary."""
    rows = json.loads(site.flask("jobs", "status", "--json").stdout or "[]")
    times = [datetime.fromisoformat(row["finished_at"]) for row in rows if row["finished_at"]]
    return max(times) > died_at


if __name__ == "__main__":
    main()
