"""Who asks: the one value that every access decision is made from."""

from dataclasses import dataclass, field

ROLES = ("member", "lead", "admin", "owner")


@dataclass(frozen=True)
class Principal:
    """Whoever stands behind a request.

    `kind` is one of anonymous, member, person, guest, key. A key acts for the member who made it, within its
    `scopes`. `person_id` is the human behind it, `member_id` their membership, `team_ids` the teams they serve in.
    A guest is a `participant_id` of a booth, and by that alone no person.
    """

    kind: str = "anonymous"
    person_id: int | None = None
    member_id: int | None = None
    role: str | None = None
    team_ids: frozenset[int] = frozenset()
    scopes: frozenset[str] = field(default_factory=frozenset)
    session_key: str | None = None
    participant_id: int | None = None

    @property
    def mark(self) -> str:
        """By which a page says whose it was when it sends something, as in "member 5"; empty for nobody that we know.

        Names no one to whom the reader is not known already, and proves nothing.
        """
        known = {"member": self.member_id, "person": self.person_id}.get(self.kind)
        return f"{self.kind} {known}" if known else ""

    @property
    def serves(self) -> bool:
        """True for a member, and for a key that acts for one."""
        return self.kind in ("member", "key") and self.member_id is not None

    def is_at_least(self, role: str) -> bool:
        """True when this principal serves and holds `role` or a higher one (member < lead < admin < owner)."""
        return self.serves and self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)

    @property
    def sees_everything(self) -> bool:
        """Owners and admins see every inbox; everyone else those that their teams serve."""
        return self.is_at_least("admin")


ANONYMOUS = Principal()
