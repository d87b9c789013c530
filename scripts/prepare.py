"""Bring an installation up to date in one process: schema, organs, calendars, demonstration, its accounts."""

from __future__ import annotations

from flask.cli import ScriptInfo

from wsgi import application

STEPS = (["init"], ["demo"], ["accounts", "list", "--demo"])


def main() -> None:
    """Run the same commands an operator would, without starting Python three times."""
    for step in STEPS:
        info = ScriptInfo(create_app=lambda: application)
        application.cli.main(args=step, prog_name="flask", standalone_mode=False, obj=info)


if __name__ == "__main__":
    main()
