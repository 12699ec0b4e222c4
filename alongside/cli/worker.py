"""`alongside worker`: jobs and the delivery of events in a process of its own, as many as are needed."""

import argparse
import asyncio
import signal

from alongside.cli.setting_up import database, django, ending_in_order, ignore_signals, leave_soon
from alongside.lib.commands import Failed


def main(argv: list[str]) -> int:
    """Work until a signal ends it."""
    parser = argparse.ArgumentParser(
        prog="alongside worker",
        description="Do jobs and deliver events in a process of its own, beside `alongside serve` (which then needs "
        "ALONGSIDE_JOBS=separate). Any number may run, on any number of hosts.",
    )
    parser.parse_args(argv)
    with ending_in_order(), database():
        django()
        from alongside.cli.migrate import pending

        if missing := pending():
            raise Failed(f"The database lacks {len(missing)} steps. Run `alongside migrate` once, then start again.")
        try:
            asyncio.run(_work())
        finally:
            ignore_signals()  # we are ending; nothing may cut that short
    leave_soon()
    return 0


async def _work() -> None:
    from config.schedule import run_worker

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    print("The worker works. Stop it with Ctrl-C.", flush=True)
    await run_worker(stop)
