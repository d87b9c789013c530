"""账号管理: the administrator opens accounts, gives roles, resets passwords, locks and closes."""

from tracker.web.accounts.routes import bp

__all__ = ["bp"]
