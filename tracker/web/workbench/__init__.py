"""工作台: what must I do now?"""

from __future__ import annotations

from tracker.web.workbench.routes import bp

__all__ = ["bp"]
