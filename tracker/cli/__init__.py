"""Terminal commands: parse, call a service, print."""

COMMANDS: tuple[str, ...] = (
    "clock",
    "search",
    "init",
    "ledger",
    "report",
    "calendar",
    "audit",
    "doctor",
    "accounts",
    "demo",
    "backup",
    "restore",
    "archive",
    "keys",
)
"""Modules of ``tracker.cli``, each with a click command or group named ``command``."""
