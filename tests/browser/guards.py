"""What no page may do, whatever a test looks at: leave the machine, complain on the console, break."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOCAL_SCHEMES = frozenset({"data", "blob", "about"})
# A page that answers 403, 404 or 422 is an answer; the browser notes it on the console all the same.
ANSWERED_WITH_STATUS = "Failed to load resource: the server responded with a status of 4"


class Guard:
    """Watches every page of a browser context; ``faults`` says what went wrong, in the order it did."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.faults: list[str] = []
        self._host = host
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self._host:
            self.faults.append(f"request leaves the machine: {request.url}")

    def _on_response(self, response: Response) -> None:
        status, kind = response.status, response.request.resource_type
        if status >= 500 or (status >= 400 and kind != "document"):
            self.faults.append(f"{response.request.method} {response.url} answered {status}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED_WITH_STATUS):
            self.faults.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _on_error(self, error: WebError) -> None:
        self.faults.append(f"page error: {error.error}")
