"""Editing traces: what people once typed, letter by letter, one after the other or several at once.

The formats are those of https://github.com/josephg/editing-traces: JSON, gzipped. A patch is [position, deleted,
inserted], counted in code points. A concurrent trace names for each transaction its agent and its parents.
"""

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

Patch = tuple[int, int, str]


class BadTrace(ValueError):
    """The file is not such a trace; the text says why."""


@dataclass(frozen=True)
class Transaction:
    """Patches that were made in one go, by an agent who had seen of each agent so many transactions (`seen`)."""

    patches: list[Patch]
    agent: int
    seen: tuple[int, ...]


@dataclass(frozen=True)
class Trace:
    """A session: the text before and after, and what was done in between. `agents` is 0 where nobody is named."""

    name: str
    before: str
    after: str
    agents: int
    transactions: list[Transaction]

    @property
    def is_concurrent(self) -> bool:
        """Whether several typed at once."""
        return self.agents > 0


def load(path: Path) -> Trace:
    """Read a trace. Raises BadTrace, OSError."""
    try:
        given = json.loads(gzip.decompress(path.read_bytes()))
        return _concurrent(path.name, given) if given.get("kind") == "concurrent" else _sequential(path.name, given)
    except (zlib.error, gzip.BadGzipFile, EOFError) as wrong:
        raise BadTrace(f"{path} is not gzipped: {wrong}") from wrong
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise BadTrace(f"{path} is not an editing trace: {wrong}") from wrong


def _patches(transaction: dict) -> list[Patch]:
    return [(int(place), int(deleted), str(inserted)) for place, deleted, inserted, *_ in transaction["patches"]]


def _sequential(name: str, given: dict) -> Trace:
    transactions = [Transaction(_patches(each), 0, ()) for each in given["txns"]]
    return Trace(name, given.get("startContent", ""), given["endContent"], 0, transactions)


def _concurrent(name: str, given: dict) -> Trace:
    agents, transactions, known = int(given["numAgents"]), [], []
    for each in given["txns"]:
        seen = [0] * agents
        for parent in each["parents"]:
            seen = [max(pair) for pair in zip(seen, known[parent], strict=True)]
        agent = int(each["agent"])
        transactions.append(Transaction(_patches(each), agent, tuple(seen)))
        known.append([count + (number == agent) for number, count in enumerate(seen)])
    return Trace(name, "", given["endContent"], agents, transactions)
