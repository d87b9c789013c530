"""消息发送: what the administrator sees of messages that leave the house."""

from tracker.web.outbox.routes import bp

__all__ = ["bp"]
