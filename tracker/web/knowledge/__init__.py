"""知识库: model replies, what is often asked, and refusals looked at again."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("knowledge", __name__)

from tracker.web.knowledge import disclosures, models, refusals  # noqa: E402

__all__ = ["bp", "disclosures", "models", "refusals"]
