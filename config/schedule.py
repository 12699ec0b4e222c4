"""What works without being asked: jobs, the delivery of events, and the long loops of the rooms."""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec

from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.db import close_old_connections
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.psycopg_connector import PsycopgConnector

from alongside.events.delivery import Deliverer
from alongside.lib.away import Outage, is_away
from alongside.lib.listening import Listening, connection_parameters

log = logging.getLogger("alongside.schedule")

# Each is a module with `async def run(stop: asyncio.Event)`, which works until `stop` is set.
LOOPS = (
    "alongside.channels.email.taking",
    "alongside.channels.email.imap",
    "alongside.channels.email.receiver",
    "alongside.channels.email.sending",
)
JOBS_AT_ONCE = 4
STOPPING_SECONDS = 10.0  # for jobs and loops to end what they are at
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # before a loop that failed is begun again
KEPT_HOURS = 24 * 30  # how long jobs that failed are kept for looking at


def works_here() -> bool:
    """Whether the web process works too; not when ALONGSIDE_JOBS=separate leaves that to `alongside worker`."""
    return os.environ.get("ALONGSIDE_JOBS", "").strip().lower() != "separate"


async def run_worker(stop: asyncio.Event, listening: Listening | None = None) -> None:
    """Work until `stop`. In the web process, `listening` is its own, and not yet running; a worker makes one."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(JOBS_AT_ONCE + 2, thread_name_prefix="jobs"))
    own = listening is None
    listening = listening or Listening()
    deliverer = Deliverer(listening)
    loops = {"events": deliverer.run, "jobs": run_jobs, "connections": renew_connections}
    if own:
        loops["listening"] = listening.run
    for name in LOOPS:
        if _exists(name):
            loops[name] = import_module(name).run
    await asyncio.gather(*(supervised(name, run, stop) for name, run in loops.items()))


def _exists(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


async def supervised(name: str, run, stop: asyncio.Event) -> None:
    """Run `run(stop)` until `stop`; what fails is logged and begun again, ever more slowly while it goes on failing."""
    clock = asyncio.get_running_loop().time
    outage = Outage(log, f"The database, for {name},")
    pause = FIRST_PAUSE
    while not stop.is_set():
        began = clock()
        try:
            await run(stop)
        except Exception as error:
            if clock() - began > LONGEST_PAUSE * 2:
                outage.lasts = False
            if is_away(error):
                outage.begins(error)
            else:
                log.exception("%s failed and will be begun again", name)
        if stop.is_set():
            return
        pause = FIRST_PAUSE if clock() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        await _stopped_within(stop, pause)


async def run_jobs(stop: asyncio.Event) -> None:
    """Procrastinate's worker, until `stop`; jobs under way then have STOPPING_SECONDS to end."""
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # it counts every try; `supervised` says it once
    connector = PsycopgConnector(kwargs=connection_parameters(), min_size=1, max_size=JOBS_AT_ONCE, timeout=10)
    worker = app.with_connector(connector)
    async with worker.open_async():
        work = asyncio.ensure_future(
            worker.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                install_signal_handlers=False,
                delete_jobs="successful",
                shutdown_graceful_timeout=STOPPING_SECONDS,
                fetch_job_polling_interval=10,
                abort_job_polling_interval=30,
            )
        )
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            ended = work.done()
            work.cancel()
            try:
                await work
            except asyncio.CancelledError:
                if ended:
                    raise


async def renew_connections(stop: asyncio.Event) -> None:
    """Replace a dead connection of the thread in which periodic jobs are put in line."""
    while not await _stopped_within(stop, 20):
        await sync_to_async(close_old_connections)()


async def _stopped_within(stop: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return False
    return True


@app.periodic(cron="* * * * *")
@app.task(name="jobs.rescue", queueing_lock="jobs.rescue", pass_context=True)
async def rescue(context, timestamp: int) -> None:
    """Every minute: take up again the jobs of workers that died."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="11 3 * * *")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy", pass_context=True)
async def tidy(context, timestamp: int) -> None:
    """Every night: forget old failed jobs and sessions that are over."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_HOURS, remove_failed=True, remove_aborted=True)
    await sync_to_async(call_command)("clearsessions")
