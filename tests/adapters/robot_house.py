"""A group robot of the tests: a real HTTPS receiver on this machine, and a proxy that leads to it."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Receiver:
    """What was posted, and how the next post is answered."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.status = 200
        self.answer: bytes = b'{"errcode":0,"errmsg":"ok"}'
        self.location = ""
        self.hold = threading.Event()
        self.hold.set()
        self.tunnels: list[str] = []
        self.port = self.proxy_port = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextlib.contextmanager
def robot_house(folder: Path) -> Iterator[tuple[Receiver, Path]]:
    """The receiver, its proxy, and the file with the certificate to trust."""
    receiver, certificate = Receiver(), _certificate(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _robot(receiver))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), _proxy(receiver))
    receiver.port, receiver.proxy_port = server.server_address[1], proxy.server_address[1]
    threads = [threading.Thread(target=each.serve_forever, args=(0.02,)) for each in (server, proxy)]
    for thread in threads:
        thread.start()
    try:
        yield receiver, certificate
    finally:
        receiver.hold.set()
        for each, thread in zip((server, proxy), threads, strict=True):
            each.shutdown()
            thread.join()
            each.server_close()


class _Silent(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return None


def _robot(receiver: Receiver) -> type[_Silent]:
    class Robot(_Silent):
        def do_POST(self) -> None:
            receiver.paths.append(self.path)
            receiver.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            receiver.hold.wait(10)
            with contextlib.suppress(OSError):
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", str(len(receiver.answer)))
                self.end_headers()
                self.wfile.write(receiver.answer)

    return Robot


def _proxy(receiver: Receiver) -> type[_Silent]:
    class Proxy(_Silent):
        def do_CONNECT(self) -> None:
            receiver.tunnels.append(self.path)
            host, _, port = self.path.partition(":")
            with socket.create_connection((host, int(port))) as beyond:
                self.send_response(200)
                self.end_headers()
                _carry(self.connection, beyond)

    return Proxy


def _carry(near: socket.socket, far: socket.socket) -> None:
    other = {near: far, far: near}
    while True:
        ready, _, _ = select.select(list(other), [], [], 5)
        for each in ready:
            data = each.recv(65536)
            if not data:
                return
            other[each].sendall(data)
        if not ready:
            return


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "robot of the tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "robot.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
