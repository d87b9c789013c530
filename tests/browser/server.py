"""The real application on 127.0.0.1, in a thread of the test process, on a database of its own."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.clocks import StandingClock
from tracker.adapters.cipher import AesCipher
from tracker.adapters.file_store import DiskFileStore
from tracker.app import create_app, runtime_of
from tracker.config import Environment, Settings
from tracker.services.context import Adapters, Runtime


class _Silent(WSGIRequestHandler):
    """Keeps the test output free of request lines."""

    def log(self, type: str, message: str, *args: object) -> None:
        return None


@dataclass(frozen=True)
class House:
    """An application, the clock it reads and the address it answers at once it is open."""

    app: Flask
    clock: StandingClock
    settings: Settings

    @property
    def runtime(self) -> Runtime:
        """Clock and adapters of this application."""
        held: Runtime = self.app.extensions["tracker"]
        return held


def build(database_url: str, folder: Path) -> House:
    """The application as ``make run`` starts it, forms with their tokens, on a clock that stands still."""
    settings = Settings(
        environment=Environment.DEVELOPMENT,
        instance=folder,
        database_url=database_url,
        secret_key="s" * 64,
        data_key="d" * 64,
        files=folder / "files",
    )
    clock = StandingClock()
    adapters = Adapters(
        cipher=AesCipher(settings.data_key),
        files=DiskFileStore(settings.files),
        renderer=runtime_of(settings).adapters.renderer,
    )
    return House(create_app(settings, runtime=Runtime(clock, adapters)), clock, settings)


class LiveServer:
    """``with LiveServer(house) as server:`` answers at ``server.url`` until the block ends."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._server = make_server("127.0.0.1", 0, house.app, threaded=True, request_handler=_Silent)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"

    def __enter__(self) -> LiveServer:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
