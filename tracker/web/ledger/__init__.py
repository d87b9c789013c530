"""台账导入: registers kept before the system, handed in as files."""

from tracker.web.ledger.routes import bp

__all__ = ["bp"]
