"""Every route states who may call it."""

from __future__ import annotations

from flask import Flask

# Files anybody may load: they say nothing about anybody.
OPEN_FILES = {"static", "bootstrap.static"}


def test_every_route_states_its_access(app: Flask) -> None:
    silent = [
        f"{rule.endpoint} ({rule.rule})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in OPEN_FILES and not hasattr(app.view_functions[rule.endpoint], "__access__")
    ]
    assert not silent, (
        "put @public, @signed_in or @needs(Permission.X) of tracker/web/access.py directly under the route:\n"
        + "\n".join(silent)
    )


def test_no_reading_page_changes_anything(app: Flask) -> None:
    """A link or a prefetch must not act: one address either shows or acts, except forms that post to themselves."""
    acting = ("delete", "revoke", "lock", "end", "reset", "sign_out", "actions")
    found = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.rstrip("/").rpartition("/")[2] in acting
    ]
    assert not found, "acts are POST only:\n" + "\n".join(found)
