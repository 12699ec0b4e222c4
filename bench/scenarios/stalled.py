"""Fifty stalled uploads and fifty stalled downloads beside ordinary work: what they change for the others."""

import socket
import time
from contextlib import ExitStack

from bench import serving
from bench.measuring import Row, interleaved
from bench.scenarios import world

STALLED = 50
SIZE = 4 * 1024 * 1024
SETTLE_SECONDS = 2


def run(options) -> list[Row]:
    """The same page without, with, and again without the stalled ones, in one server."""
    from alongside.files.models import File

    member = world.reader()
    file = File.keep(b"\0" * SIZE, name="large.bin", by=member.person)
    with serving.server(ALONGSIDE_JOBS="separate") as server, ExitStack() as stack:
        client = server.client(member)
        client.learn_token("/inbox/all")
        work = {"page /inbox/all": lambda: client.get("/inbox/all")}
        [before] = interleaved(work, rounds=options.rounds, each=options.each)
        principal = member.principal(next(iter(client.cookies.values())))
        link = file.link(principal)
        for _ in range(STALLED):
            stack.enter_context(_stalled_upload(server.port, client))
            stack.enter_context(_stalled_download(server.port, client, link))
        time.sleep(SETTLE_SECONDS)
        [during] = interleaved(work, rounds=options.rounds, each=options.each)
    before.name, during.name = "page, nobody stalls", f"page, {STALLED} uploads and {STALLED} downloads stall"
    during.notes["× before (p95)"] = round(during.figures()["p95_ms"] / before.figures()["p95_ms"], 2)
    return [before, during]


def _stalled_upload(port: int, client) -> socket.socket:
    """Promises a file and sends only its beginning."""
    line = socket.create_connection(("127.0.0.1", port))
    head = (
        f"POST /uploads HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {client.cookie_header()}\r\n"
        f"X-CSRFToken: {client.token}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {SIZE}\r\n\r\n"
    )
    line.sendall(
        head.encode() + b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + b"0" * 900
    )
    return line


def _stalled_download(port: int, client, link: str) -> socket.socket:
    """Asks for a large file and never reads it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {link} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {client.cookie_header()}\r\n\r\n".encode())
    return line
