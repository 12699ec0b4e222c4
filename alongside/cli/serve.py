"""`alongside serve`: one process with pages, live stream and jobs, and the embedded database beside it."""

import argparse
import contextlib
import errno
import io
import json
import os
import signal
import socket
import sys
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener

from alongside.cli.setting_up import database, django, ending_in_order, leave_soon
from alongside.lib.commands import Failed
from alongside.lib.engine import embedded
from alongside.lib.engine.keeper import kept
from alongside.lib.home import note_served_at

GRACE_SECONDS = 5  # for requests under way when we are asked to stop; open streams are cut then


def main(argv: list[str]) -> int:
    """Serve until a signal ends it."""
    options = _parser().parse_args(argv)
    listening = listen(options.host, options.port)
    os.environ["PORT"] = str(listening.getsockname()[1])
    with listening, ending_in_order(), contextlib.ExitStack() as stack:
        place = stack.enter_context(database(alone=True))
        if place:
            stack.enter_context(kept(place))
        prepare(migrate=options.migrate or embedded(), demo=options.demo)
        serve(listening)
    leave_soon()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside serve", description="Serve the product in one process.")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=_port(), help="port to listen on; 0 takes a free one")
    parser.add_argument("--migrate", action="store_true",
                        help="bring the database's tables up to date first (always done for the embedded one)")
    parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo")
    return parser


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or int(given) > 65535:
        raise Failed(f"PORT is {given!r}; it should be a number from 0 to 65535.")
    return int(given)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything else is started. Raises Failed when the port is not to be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as unknown:
        raise Failed(f"HOST is {host!r}, which this machine does not know: {unknown.strerror}.") from unknown
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        with contextlib.suppress(AttributeError, OSError):  # a slow reader's bytes wait with us, not in the kernel
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, 256 * 1024)
        listening.listen(2048)
    except OSError as refused:
        listening.close()
        if refused.errno == errno.EADDRINUSE:
            raise Failed(_in_use(host, port)) from refused
        if refused.errno == errno.EACCES:
            raise Failed(f"Port {port} needs rights that we do not have. Choose one above 1023.") from refused
        raise Failed(f"Cannot listen on {host} port {port}: {refused.strerror}.") from refused
    return listening


def _in_use(host: str, port: int) -> str:
    """Why the port is not to be had, and what to do: Alongside may run there already."""
    ours = build_opener(ProxyHandler({}))  # what is on this machine is not asked for by way of another
    with contextlib.suppress(OSError, ValueError, HTTPException), \
            ours.open(f"http://{host}:{port}/health", timeout=2) as answer:
        if json.load(answer) == {"status": "well"}:
            return (f"Alongside runs already: open http://localhost:{port}, or stop it first. A second house beside it "
                    f"is begun by ALONGSIDE_HOME=FOLDER PORT={port + 1} ./run")
    return f"Port {port} is in use by another program. Stop that one, or choose another: PORT={port + 1} ./run"


def prepare(*, migrate: bool, demo: bool) -> None:
    """Bring the tables up to date and fill the demo, as asked. Raises Failed when the tables are behind."""
    from alongside.cli import migrate as migrating

    django()
    missing = migrating.pending()
    if missing and not migrate:
        raise Failed(f"The database lacks {len(missing)} steps. Run `alongside migrate` once, then start again.")
    if missing:
        print("Preparing the database …", flush=True)
        migrating.apply()
    if demo and is_new():
        fill_demo()


def is_new() -> bool:
    """True when nobody has ever been here, not even an owner: where the demo was removed, it does not come back."""
    from django.apps import apps

    return not apps.get_model("people", "Person").objects.exists()


def fill_demo() -> None:
    """Fill the demo; nothing happens where its room is closed."""
    from alongside.cli.main import COMMANDS

    if COMMANDS["demo"].exists():
        COMMANDS["demo"].load()(["fill"])


def first_link() -> str:
    """What a new owner needs to sign in for the first time; empty once someone has."""
    from alongside.desk.first_link import print_first_link

    said = io.StringIO()
    print_first_link(said)
    return said.getvalue().strip()


def serve(listening: socket.socket) -> None:
    """Run the web server on the socket until a signal ends it. Raises Failed when it cannot come up."""
    import uvicorn
    from django.conf import settings

    from alongside.booths.syncing.limits import MOST_FRAME

    behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    config = uvicorn.Config(
        "config.asgi:application", loop="auto", http="alongside.lib.patience:PatientProtocol",
        ws="alongside.lib.patience:PatientSocket", ws_max_size=MOST_FRAME, ws_per_message_deflate=False, lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS, server_header=False, access_log=False, log_config=None,
        proxy_headers=behind_proxy,
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
    )
    note_served_at(settings.PUBLIC_URL)
    words = [f"Alongside is at {settings.PUBLIC_URL}", first_link(), "Stop it with Ctrl-C."]
    server = _server_that_says(uvicorn, config, "\n".join(filter(None, words)))
    signal.signal(signal.SIGHUP, server.handle_exit)
    server.run(sockets=[listening])
    if not server.started:
        raise Failed("The web server did not come up; the lines above say why.")


def _server_that_says(uvicorn, config, words: str):
    class Server(uvicorn.Server):
        """Says where it is once it is there."""

        async def startup(self, sockets=None):
            await super().startup(sockets=sockets)
            if self.started:
                print(words, flush=True)
                sys.stderr.flush()

    return Server(config)
