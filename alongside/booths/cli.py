"""`alongside booth replay TRACE.json.gz`: an editing trace through the real socket, and whether all replicas agree."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from alongside.booths.syncing import stage
from alongside.booths.syncing.replaying import Played, Replay
from alongside.booths.syncing.traces import BadTrace, Trace, load
from alongside.lib.commands import Failed

REPLAY = """Plays an editing trace into one code block of a booth's notes: real clients, the real socket, a server of
its own on the present database. Traces are those of github.com/josephg/editing-traces, sequential (the clients take
turns) or concurrent (each client is an agent, and has seen just what the trace says). In the end every replica, and
one that comes late, is compared with the trace's last text: exit code 0 when all are equal, 1 otherwise. The booth is
deleted afterwards."""


def main(argv: list[str]) -> int:
    """Run `alongside booth …`; returns the exit code."""
    asked = _parser().parse_args(argv)
    if not 0 <= asked.drop < 1 or asked.clients < 1 or asked.turn is not None and asked.turn < 1:
        raise Failed("--drop is a share from 0 to less than 1; --clients and --turn are at least 1.")
    try:
        trace = load(asked.trace)
    except BadTrace as wrong:
        raise Failed(str(wrong)) from wrong
    if trace.agents > asked.clients:
        raise Failed(f"{trace.name} was typed by {trace.agents} at once; it needs --clients {trace.agents}.")
    played = _play(trace, asked)
    print(json.dumps(played.as_json()) if asked.json else _in_words(played))
    return 0 if played.equal else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside booth", description="Try the shared page.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    replay = commands.add_parser("replay", help="play an editing trace through the socket", description=REPLAY,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    replay.add_argument("trace", type=Path, metavar="TRACE.json.gz")
    replay.add_argument("--clients", type=int, default=2, help="how many type, or at least watch (2)")
    replay.add_argument("--drop", type=float, default=0.0, help="share of the changes that are lost on the line (0)")
    replay.add_argument("--restart-at", type=int, metavar="N", help="kill the server (-9) before transaction N")
    replay.add_argument("--turn", type=int, metavar="N", help="transactions until the next client's turn")
    replay.add_argument("--seed", type=int, default=1, help="for the dice that lose changes (1)")
    replay.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _play(trace: Trace, asked) -> Played:
    with stage.booth(asked.clients + 1) as (booth, sessions), stage.Server() as server:
        def address(session: str) -> str:
            return f"ws://127.0.0.1:{server.port}/api/v1/booths/{booth.code}/sync?session={session}"

        async def play() -> Played:
            return await Replay(trace, server, address, sessions=sessions, drop=asked.drop, turn=asked.turn,
                                restart_at=asked.restart_at, seed=asked.seed, progress=_progress(trace)).run()

        try:
            return asyncio.run(play())
        except TimeoutError as late:
            raise Failed(f"What was typed did not arrive. {late}") from late


def _progress(trace: Trace):
    if not sys.stderr.isatty():
        return lambda done: None
    total = len(trace.transactions)
    return lambda done: print(f"\r{trace.name}  {done * 100 // total} %", end="\r", file=sys.stderr, flush=True)


def _in_words(played: Played) -> str:
    trouble = f" {played.dropped:,} changes were lost on the line, {played.restarts} servers killed." \
        if played.dropped or played.restarts else ""
    outcome = "all replicas are equal" if played.equal else f"different: {', '.join(played.different)}"
    return (f"{played.trace}: {played.transactions:,} {played.kind} transactions by {played.clients} clients in "
            f"{played.seconds:.1f} s.{trouble} In the end {outcome}.")
