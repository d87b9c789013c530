"""Numbers in addresses: none that a database could not hold."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST_KEY = 2**31 - 1


class KeyConverter(IntegerConverter):
    """``<int:…>`` of our routes: what is larger than any key is not found, instead of failing in the database."""

    regex = "[0-9]+"
    """Digits of other scripts are no second address of the same page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", LARGEST_KEY)
        super().__init__(*args, **kwargs)


def limit_numbers(app: Flask) -> None:
    """Read numbers in addresses that way; before any route is added."""
    app.url_map.converters["int"] = KeyConverter
