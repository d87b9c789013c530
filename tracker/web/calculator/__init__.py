"""期限计算器: what a date would give, for anybody, without a case; nothing typed here is kept."""

from tracker.web.calculator.routes import bp

__all__ = ["bp"]
