"""A change on another screen: from a colleague's note to the fragment that shows it, over the live stream."""

import http.client
import time

from bench import serving
from bench.measuring import Row
from bench.scenarios import world


def run(options) -> list[Row]:
    """One screen listens and fetches; another writes. Milliseconds from the button to the fetched fragment."""
    member, other = world.reader(), world.colleague()
    ids = world.some_conversations(options.each)
    row = Row("note to another screen", [])
    with serving.server() as server:
        reader, writer = server.client(member), server.client(other)
        writer.learn_token("/inbox/all")
        with serving.Share(server.pid) as share:
            for number, id in enumerate(ids):
                took = _one(server, reader, writer, id, number)
                if number >= 5:
                    row.samples.append(took)
    row.notes |= {"generator": share.generator}
    return [row]


def _one(server, reader, writer, id: int, number: int) -> float:
    stream = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    stream.request("GET", f"/live?topics=conversation:{id}", headers={"Cookie": reader.cookie_header()})
    answer = stream.getresponse()
    assert answer.status == 200, answer.status
    answer.fp.readline()
    time.sleep(0.02)
    words = f"Bench note {number} {time.time_ns()}"
    began = time.perf_counter()
    writer.post(f"/conversations/{id}/answer", {"kind": "note", "body": words, "seen": 10**12, "action": "send"})
    while not answer.fp.readline().startswith(b'data: {"topic'):
        pass
    fragment = reader.get(f"/conversations/{id}/messages")
    took = (time.perf_counter() - began) * 1000
    assert words.encode() in fragment
    stream.close()
    return took
