"""Running the web server, bound to this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Something else listens there; the message says what to type."""


def require_free(port: int) -> None:
    """Raises PortTaken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(
                f"Cổng {port} đang được chương trình khác dùng; "
                f"gõ `dieuhanh serve --port {port + 1}`."
            ) from None


def serve_forever(port: int, workers: int = 1) -> None:
    """Serve until Ctrl-C; this process stays, so that the embedded database stays with it.

    Raises:
        PortTaken: the port is in use.
    """
    require_free(port)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
        "dieuhanh.config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ)
    try:
        server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
