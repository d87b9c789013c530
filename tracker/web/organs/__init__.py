"""机关设置: what letters and lights of each organ need to know."""

from tracker.web.organs.routes import bp

__all__ = ["bp"]
