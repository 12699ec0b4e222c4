"""Playing an editing trace through the real socket into one code block of the notes, and comparing all who saw it.

Places in a trace are code points; the library counts bytes of UTF-8. They are turned into one another here, by the text
as it is at that moment, and nowhere else.
"""

import asyncio
import random
import time
from dataclasses import asdict, dataclass, field

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from alongside.booths.syncing.client import Client, Copy
from alongside.booths.syncing.dissecting import MOST_CLIENT
from alongside.booths.syncing.protocol import CHANGE, SYNC
from alongside.booths.syncing.traces import Patch, Trace

TURNS = 500  # about so many times the clients of a sequential trace take turns
BREATH = 16  # transactions after which what was typed goes out
PATIENCE = 60.0  # seconds for what was typed to arrive everywhere
UNHEARD_SECONDS = 0.1  # after which a device whose frames were lost connects again


@dataclass
class Played:
    """What came of it. `equal`: every replica, and one that came late, has the trace's last text."""

    trace: str
    kind: str
    clients: int
    transactions: int
    seconds: float = 0.0
    dropped: int = 0
    reconnects: int = 0
    restarts: int = 0
    equal: bool = False
    different: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        """The same for machines."""
        return asdict(self)


class Line:
    """How bad the line is: it loses so many of the changes that go over it, either way, while it is `bad`."""

    def __init__(self, drop: float, seed: int):
        self.drop, self.dice, self.dropped = drop, random.Random(seed), 0
        self.bad = drop > 0

    def passes(self, frame: bytes) -> bool:
        """Whether this frame arrives."""
        lost = self.bad and frame[:2] == bytes((SYNC, CHANGE)) and self.dice.random() < self.drop
        self.dropped += lost
        return not lost


class Player:
    """One client and its code block. `made` is the document it types into: its own, or, where it has not seen yet all
    that has come, one that is behind."""

    def __init__(self, name: str, url: str, passes, behind: int = 0):
        """`behind` is the number of the device that is behind, where this player types into one."""
        self.name = name
        self.client = Client(url, passes=passes)
        self.made = Copy(Doc(client_id=behind)) if behind else self.client.copy
        self.came: list[bytes] = []  # since somebody collected it
        self.chunks: dict[int, list[tuple[int, list[bytes]]]] = {}  # agent → (how many of theirs, updates)
        self.words = ""
        if behind:
            self.client.on_update = self._note
            self.made.doc.observe(self._typed)
        self._seeing = False

    def _note(self, update: bytes) -> None:
        self.came.append(update)
        self.client.apply(update)

    def _typed(self, event) -> None:
        if not self._seeing:
            self.client.change(event.update)

    def begin(self, words: str) -> None:
        """Make the code block."""
        block = XmlElement("code_block")
        with self.made.doc.transaction():
            self.made.doc.get("notes", type=XmlFragment).children.append(block)
            block.children.append(XmlText(words))

    def block(self, doc: Doc) -> XmlText | None:
        """The text of the code block in a document of this player's."""
        blocks = list(doc.get("notes", type=XmlFragment).children)
        texts = list(blocks[0].children) if blocks else []
        return texts[0] if texts else None

    def text(self) -> str:
        """What the code block says on this device, with all that has come."""
        block = self.block(self.client.doc)
        return str(block) if block is not None else ""

    def type(self, patches: list[Patch]) -> None:
        """Do what one transaction says, where it says it, in `words` as they are."""
        block = self.block(self.made.doc)
        with self.made.doc.transaction():
            for place, deleted, inserted in patches:
                self.words = _patched(block, self.words, place, deleted, inserted)

    def see(self, agent: int, count: int) -> None:
        """Take in what that agent had done by their transaction number `count`."""
        waiting = self.chunks.get(agent, [])
        while waiting and waiting[0][0] <= count:
            self._seeing = True
            for update in waiting.pop(0)[1]:
                self.made.take(update)
            self._seeing = False
        self.words = str(self.block(self.made.doc) or "")


def _patched(block: XmlText, words: str, place: int, deleted: int, inserted: str) -> str:
    end = place + deleted
    start_byte = place if words.isascii() else len(words[:place].encode())
    if deleted:
        del block[start_byte : start_byte + len(words[place:end].encode())]
    if inserted:
        block.insert(start_byte, inserted)
    return words[:place] + inserted + words[end:]


class Replay:
    """One trace, so many players, one server."""

    def __init__(self, trace: Trace, server, address, *, sessions: list[str], drop: float = 0.0,
                 restart_at: int | None = None, turn: int | None = None, seed: int = 1, progress=lambda done: None):
        """`address(session)` is where a player connects; the last session is the late one's."""
        self.trace, self.server, self.address, self.restart_at = trace, server, address, restart_at
        self.line, self.progress, self.late = Line(drop, seed), progress, sessions[-1]
        behind = _in_order(len(sessions) - 1) if trace.is_concurrent else [0] * (len(sessions) - 1)
        self.players = [Player(f"client {number}", address(session), self.line.passes, device)
                        for number, (session, device) in enumerate(zip(sessions[:-1], behind, strict=True), 1)]
        self.is_down = False
        self.turn = turn or max(1, len(trace.transactions) // TURNS)
        kind = "concurrent" if trace.is_concurrent else "sequential"
        self.played = Played(trace.name, kind, len(self.players), len(trace.transactions))

    async def run(self) -> Played:
        """Play it. Raises TimeoutError when what was typed does not arrive."""
        began = time.monotonic()
        await asyncio.gather(*(player.client.open() for player in self.players))
        self.players[0].begin(self.trace.before)
        await self._meet(self.players[0])
        for player in self.players:
            player.made.take(player.client.doc.get_update())
            player.words = self.trace.before
            player.came.clear()
        await (self._at_once() if self.trace.is_concurrent else self._in_turn())
        await self._finish()
        self.played.seconds = round(time.monotonic() - began, 2)
        self.played.dropped = self.line.dropped
        return self.played

    async def _in_turn(self) -> None:
        """One types, then the next: each once they have all that was typed before."""
        words, player = self.trace.before, self.players[0]
        for number, transaction in enumerate(self.trace.transactions):
            if number and number % self.turn == 0:
                await self._meet(player)
                words, player = player.words, self.players[number // self.turn % len(self.players)]
                player.words = words
            await self._one(player, number, transaction)
        await self._meet(player)

    async def _at_once(self) -> None:
        """Everyone types on what they had seen then. What an agent did is collected by the others in pieces that end
        where somebody has seen just so much of it."""
        ends = self._ends()
        done = [0] * self.trace.agents
        for number, transaction in enumerate(self.trace.transactions):
            player = self.players[transaction.agent]
            for agent, count in enumerate(transaction.seen):
                if agent != transaction.agent:
                    player.see(agent, count)
            await self._one(player, number, transaction)
            done[transaction.agent] += 1
            following = self.trace.transactions[number + 1 : number + 2]
            if (transaction.agent, done[transaction.agent]) in ends or not following \
                    or following[0].agent != transaction.agent:
                await self._meet(player)
                self._collect(player, transaction.agent, done[transaction.agent])

    def _ends(self) -> set[tuple[int, int]]:
        return {(agent, count) for transaction in self.trace.transactions
                for agent, count in enumerate(transaction.seen) if agent != transaction.agent}

    def _collect(self, writer: Player, agent: int, count: int) -> None:
        for player in self.players:
            came, player.came = player.came, []
            if player is not writer:
                player.chunks.setdefault(agent, []).append((count, came))

    async def _one(self, player: Player, number: int, transaction) -> None:
        if number == self.restart_at:
            await asyncio.to_thread(self.server.end)
            self.is_down = True
        player.type(transaction.patches)
        if number % BREATH == 0:
            self.progress(number)
            await asyncio.sleep(0)

    async def _meet(self, writer: Player) -> None:
        """Wait until everybody has all that `writer` has."""
        if self.is_down:
            await asyncio.to_thread(self.server.start)
            self.is_down = False
            self.played.restarts += 1
            await self._reconnect(self.players)
        until = time.monotonic() + PATIENCE
        clocks, deleted = writer.client.copy.clocks(), writer.client.copy.deleted()
        while True:
            behind = [player for player in self.players if player.client.copy.clocks() != clocks]
            behind = behind or [player for player in self.players if player.client.copy.deleted() != deleted]
            if not behind:
                return
            if time.monotonic() > until:
                raise TimeoutError(f"{self.trace.name}: {', '.join(player.name for player in behind)} waits in vain "
                                   f"for what {writer.name} typed")
            if not await _heard(behind[0].client) and self.line.bad:
                await self._reconnect([writer, *behind])

    async def _reconnect(self, players: list[Player]) -> None:
        for player in players:
            await player.client.leave()
        await asyncio.gather(*(player.client.open() for player in players))
        self.played.reconnects += len(players)

    async def _finish(self) -> None:
        """On a good line now: compare everyone, and somebody who comes only now."""
        self.line.bad = False
        await self._reconnect(self.players)
        for player in self.players:
            for agent in list(player.chunks):
                player.see(agent, len(self.trace.transactions))
        late = Player("one who came late", self.address(self.late), self.line.passes)
        await late.client.open()
        for player in (*self.players, late):
            texts = {player.text(), str(player.block(player.made.doc))}
            if texts != {self.trace.after}:
                self.played.different.append(player.name)
            await player.client.leave()
        self.played.equal = not self.played.different


def _in_order(count: int) -> list[int]:
    """Numbers of devices, each larger than the one before: of what two insert at one place, Yjs puts that of the
    smaller number first, and the traces that of the agent who is named first."""
    return sorted(random.SystemRandom().sample(range(2, MOST_CLIENT), count))


async def _heard(client: Client) -> bool:
    """Whether something comes within a moment."""
    client.heard.clear()
    try:
        async with asyncio.timeout(UNHEARD_SECONDS):
            await client.heard.wait()
    except TimeoutError:
        return False
    return True
