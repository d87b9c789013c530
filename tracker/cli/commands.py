"""The terminal commands and where each is; a package is verified without what this module imports."""

from __future__ import annotations

from importlib import import_module

import click
from flask.cli import AppGroup

MODULES: dict[str, str] = {
    "accounts": "tracker.cli.accounts",
    "archive": "tracker.cli.archive",
    "audit": "tracker.cli.audit",
    "backup": "tracker.cli.backup",
    "calendar": "tracker.cli.calendar",
    "clock": "tracker.cli.clock",
    "demo": "tracker.cli.demo",
    "doctor": "tracker.cli.doctor",
    "init": "tracker.cli.init",
    "jobs": "tracker.jobs.terminal",
    "keys": "tracker.cli.keys",
    "ledger": "tracker.cli.ledger",
    "report": "tracker.cli.report",
    "restore": "tracker.cli.restore",
    "search": "tracker.cli.search",
}
"""Commands by name, each with the module whose ``command`` it is."""


class Commands(AppGroup):
    """Our commands, each imported when it is asked for: a web server never is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        module = MODULES.get(name)
        if module is None:
            return None
        found: click.Command = import_module(module).command
        return found
