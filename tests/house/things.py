"""Who may ask, by name, and what an address may speak of."""

from dataclasses import dataclass

# To a page of members, a key is nobody, and so are the visitor, who is Ryan and came to his own page by his link, and
# the guest, who came to a booth by one.
NOBODY = ("nobody", "deactivated", "ended", "bare key", "whole key", "visitor", "guest")
MEMBERS = ("outsider", "member", "lead", "admin", "owner")  # the outsider serves, and is in no team
EVERYONE = frozenset(NOBODY + MEMBERS)
VISITOR = frozenset({"visitor"})
SEATED = frozenset({"guest", *MEMBERS})
TEAM = frozenset({"member", "lead", "admin", "owner"})
NUMBER, WORD = 999_999_999, "n" * 43  # what nothing is called


@dataclass(frozen=True)
class Thing:
    """Something an address may name: one of ours, who sees that one, and one that is foreign to its reader."""

    own: int | str
    seen_by: frozenset = EVERYONE
    foreign: int | str | None = None

    @property
    def missing(self) -> int | str:
        """What names nothing at all."""
        return WORD if isinstance(self.own, str) else NUMBER
