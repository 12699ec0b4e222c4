"""A booth beside the Node servers: the same devices, our persistence on, theirs off."""

from bench.booth import servers
from bench.booth.parts import ALONE, PARTS
from bench.measuring import Row


def run(options) -> list[Row]:
    """The parts that were asked for, in the order in which they are told of."""
    rows: list[Row] = []
    for name in options.only or PARTS:
        with servers.running([] if name in ALONE else options.against) as targets:
            rows += PARTS[name](targets, options)
    return rows


def arguments(parser) -> None:
    """What can be asked for."""
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts")
    parser.add_argument("--against", nargs="+", default=list(servers.ALL), choices=servers.ALL,
                        help="these servers; others than ours are installed by npm when they are first asked for")
    parser.add_argument("--devices", type=int, default=50, help="devices at one page (latency, rate)")
    parser.add_argument("--seconds", type=float, default=10, help="of typing a round")
    parser.add_argument("--booths", type=int, default=200, help="booths live at once (many)")
    parser.add_argument("--open", type=int, default=1000, help="booths that stay open (memory)")
    parser.add_argument("--edits", type=int, default=100_000, help="edits of one page (opening, folding)")
