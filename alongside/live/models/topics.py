"""Who may listen to what: each room answers for its own topics."""

import re
from collections.abc import Callable

from alongside.lib.principal import Principal

TOPIC = re.compile(r"^(?:(?P<here>here):)?(?P<kind>[a-z_]{1,40}):(?P<id>[A-Za-z0-9_-]{1,64})$")

_rules: dict[str, Callable[[Principal, str], bool]] = {}


def allow(kind: str, rule: Callable[[Principal, str], bool]) -> None:
    """Let `rule(principal, id)` decide who may listen to topics `kind:id`, and be seen there.

    `id` is text as it came from the browser. The rule may read the database. It answers False for an id that
    does not exist, as for one that is not theirs.
    """
    _rules[kind] = rule


def allowed(principal: Principal, topic: str) -> bool:
    """Whether `principal` may listen to `topic`; `here:kind:id` follows `kind:id`. No rule means nobody."""
    parts = TOPIC.match(topic)
    rule = parts and _rules.get(parts["kind"])
    return bool(rule and rule(principal, parts["id"]))
