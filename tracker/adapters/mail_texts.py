"""Texts of e-mails, from ``templates/emails``: official Chinese, case numbers and dates, never personal data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "emails"
_texts = Environment(
    loader=FileSystemLoader(_FOLDER),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701  plain text; nothing here becomes HTML
)


def mail_text(template: str, **values: Any) -> str:
    """The text of that name with its values. Raises when the text asks for a value that is not there."""
    return _texts.get_template(f"{template}.txt").render(**values)
