"""健康检查: for balancers and for monitoring, not for people."""

from tracker.web.health.routes import bp

__all__ = ["bp"]
