"""What people see: one blueprint a room, each room with its routes, forms and presenters; nothing is decided here."""

ROOMS: tuple[str, ...] = (
    "health",
    "auth",
    "workbench",
    "alerts",
    "cases",
    "clock_sheets",
    "case_clocks",
    "actions",
    "registration",
    "applicants",
    "files",
    "letters",
    "mail",
    "ledger",
    "reports",
    "accounts",
    "outbox",
    "organs",
    "audit",
    "language",
    "dates",
    "calendars",
    "calculator",
    "supervision",
)
"""Rooms in the order they are registered: packages of ``tracker.web`` with a blueprint ``bp``."""
