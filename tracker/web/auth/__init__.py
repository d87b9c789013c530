"""登录与密码: signing in and out, one's own password, one's own sessions."""

from tracker.extensions import login_manager
from tracker.web.auth.routes import ask_to_sign_in, bp

login_manager.unauthorized_handler(ask_to_sign_in)

__all__ = ["bp"]
