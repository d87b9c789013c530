"""考核指标: how did each organ do in a period?"""

from __future__ import annotations

from tracker.web.assessment.routes import bp

__all__ = ["bp"]
