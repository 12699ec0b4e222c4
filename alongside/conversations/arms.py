"""The SQL by which lists find their conversations: one arm for each reason why a member sees some.

An arm walks one index in the list's order and stops after a page, whatever lies behind. Where a member serves
several inboxes each is walked by itself (`CROSS JOIN LATERAL … LIMIT`), so that a quiet inbox beside a loud one is not
looked for among a million others. What the arms found is put together and cut once more. Only parts of SQL written
here are put together; whatever comes from outside is a parameter (`Scope.put`).
"""

from datetime import datetime

from django.db import connection

from alongside.lib.principal import Principal

VIEWS = ("mine", "team", "unassigned", "snoozed", "done", "all", "spam", "trash")
RARE_TAG = 5000  # a tag on fewer conversations is looked up from the tag, one on more along the list

_STATES = {
    "mine": ("open",), "team": ("open",), "unassigned": ("open",), "snoozed": ("snoozed",), "done": ("done",),
    "all": ("open", "snoozed", "done"), "spam": ("spam",), "trash": ("trash",),
    "any": ("open", "snoozed", "done", "spam", "trash"),
}
_STATE_LISTS = {states: ", ".join(f"'{state}'" for state in states) for states in set(_STATES.values())}
_MENTIONED = "SELECT m.conversation_id AS id FROM conversations_mention m WHERE m.member_id = "
LATELY = 100  # mentions that a list looks at, the latest; one that a mention alone shows is also found by its link
_DOORS = "SELECT DISTINCT t.inbox_id AS id FROM conversations_inbox_teams t WHERE t.team_id = ANY("


class UnknownView(ValueError):
    """Not one of VIEWS."""


class Scope:
    """Who looks at which list. `params` fills the SQL that is made for it; `prefix` keeps two scopes apart in one."""

    def __init__(self, principal: Principal, view: str, *, inbox=None, tag=None, ids=None, prefix: str = ""):
        if view not in _STATES or (view == "any" and ids is None):
            raise UnknownView(view)
        self.principal, self.view, self.states = principal, view, _STATES[view]
        self.inbox, self.tag, self.ids, self.prefix = inbox, tag, ids, prefix
        self.rare = tag is not None and _is_rare(tag)
        self.params: dict = {}

    def put(self, name: str, value) -> str:
        """Remember a parameter, and return its place in the SQL."""
        self.params[self.prefix + name] = value
        return f"%({self.prefix}{name})s"

    @property
    def me(self) -> str:
        """The place of the member's id."""
        return self.put("me", self.principal.member_id)

    @property
    def teams(self) -> str:
        """The place of the ids of the member's teams."""
        return self.put("teams", list(self.principal.team_ids)) + "::bigint[]"

    @property
    def doors(self) -> str:
        """The inboxes that the member's teams serve, as a subquery."""
        return _DOORS + self.teams + ")"


def found(scope: Scope, *, limit: int, before: tuple[datetime, int] | None = None,
          after: tuple[datetime, int] | None = None) -> str:
    """SQL for the ids and times of up to `limit` conversations in the list's order, before or after a place in it.

    `before` goes on to older ones, `after` back to newer ones, nearest first.
    """
    way = "ASC" if after else "DESC"
    order = f"ORDER BY last_at {way}, id {way} LIMIT {int(limit)}"
    arms = _arms(scope, _common(scope, before, after), order)
    return "\n".join(("SELECT id, last_at FROM (", "\nUNION\n".join(f"({arm})" for arm in arms), ") AS arms", order))


def _common(scope: Scope, before, after) -> str:
    """What holds in every arm: it stands itself, inbox and tag, and the place in the list."""
    parts = ["c.merged_into_id IS NULL"]
    if scope.inbox is not None:
        parts.append(f"c.inbox_id = {scope.put('inbox', scope.inbox)}")
    if scope.tag is not None and not scope.rare:
        tagged = "SELECT 1 FROM conversations_tagging g WHERE g.conversation_id = c.id AND g.tag_id = "
        parts.append(f"EXISTS ({tagged}{scope.put('tag', scope.tag)} OFFSET 0)")  # looked up row by row, in order
    if place := before or after:
        sign = "<" if before else ">"
        parts.append(f"(c.last_at, c.id) {sign} ({scope.put('at', place[0])}, {scope.put('id', place[1])})")
    return " AND ".join(parts)


def _arms(scope: Scope, common: str, order: str) -> list[str]:
    if scope.ids is not None:
        few = f"SELECT unnest({scope.put('ids', scope.ids)}::bigint[]) AS id"
        return [_among(few, [_whose(scope), common, visible(scope)], order)]
    if scope.rare:
        few = "SELECT g.conversation_id AS id FROM conversations_tagging g WHERE g.tag_id = "
        few += scope.put("tag", scope.tag)
        return [_among(few, [_whose(scope), common, visible(scope)], order)]
    if scope.view == "mine":
        return [_walk(f"c.assignee_id = {scope.me} AND c.state = 'open'", common, order)]
    if scope.view == "team":
        return [
            _each(scope.doors, "c.inbox_id = door.id AND c.team_id IS NULL AND c.state = 'open'", common, order),
            _each(f"SELECT unnest({scope.teams}) AS id", "c.team_id = door.id AND c.state = 'open'", common, order),
        ]
    return _everything(scope, common, order) if scope.principal.sees_everything else _restricted(scope, common, order)


def _everything(scope: Scope, common: str, order: str) -> list[str]:
    return [_walk(_state(scope), common, order)]


def _restricted(scope: Scope, common: str, order: str) -> list[str]:
    """By inbox, by team; and, but for the unassigned, what was given to the member or asked of them."""
    state = _state(scope)
    doors = scope.doors
    if scope.inbox is not None:
        doors = " ".join(("SELECT id FROM (", doors, ") AS served WHERE id =", scope.put("inbox", scope.inbox)))
    arms = [_each(doors, f"c.inbox_id = door.id AND {state}", common, order)]
    if scope.view == "unassigned":
        teams = f"SELECT unnest({scope.teams}) AS id"
        return [*arms, _each(teams, f"c.team_id = door.id AND {state}", common, order)]
    places = ", ".join(f"('{name}')" for name in scope.states).join(("(VALUES ", ") AS place (state)"))
    teams = " ".join(("SELECT team.id, place.state FROM unnest(", scope.teams, ") AS team (id) CROSS JOIN", places))
    return [
        *arms,
        _each(teams, "c.team_id = door.id AND c.state = door.state", common, order),
        _each(" ".join(("SELECT place.state FROM", places)), f"c.assignee_id = {scope.me} AND c.state = door.state",
              common, order),
        _among(f"{_MENTIONED}{scope.me} ORDER BY m.message_id DESC LIMIT {LATELY}", [state, common], order),
    ]


def _state(scope: Scope) -> str:
    """The states of a view, written as the partial indexes have them."""
    if scope.view == "unassigned":
        return "c.assignee_id IS NULL AND c.state = 'open'"
    if len(scope.states) == 1:
        return f"c.state = '{scope.states[0]}'"
    return f"c.state IN ({_STATE_LISTS[scope.states]})"


def _walk(which: str, common: str, order: str) -> str:
    return " ".join(("SELECT c.id, c.last_at FROM conversations_conversation c WHERE", which, "AND", common, order))


def _each(doors: str, which: str, common: str, order: str) -> str:
    """A page of each door's own, the door being an inbox, a team or a state."""
    return "\n".join((
        "SELECT own.id, own.last_at FROM (", doors, ") AS door CROSS JOIN LATERAL (",
        _walk(which, common, order), ") AS own", order,
    ))


def _among(few: str, which: list[str], order: str) -> str:
    """From a few ids (OFFSET 0 keeps the planner from walking the whole list for them instead)."""
    return "\n".join((
        "SELECT DISTINCT c.id, c.last_at FROM (SELECT id FROM (", few, ") AS all_of_them OFFSET 0) AS few",
        "JOIN conversations_conversation c ON c.id = few.id WHERE", " AND ".join(which), order,
    ))


def _whose(scope: Scope) -> str:
    """What a view asks of one conversation, beside that the member may see it."""
    if scope.view == "mine":
        return f"c.assignee_id = {scope.me} AND c.state = 'open'"
    if scope.view == "team":
        served = f"c.team_id IS NULL AND c.inbox_id IN ({scope.doors})"
        return f"c.state = 'open' AND (c.team_id = ANY({scope.teams}) OR {served})"
    return _state(scope)


def visible(scope: Scope) -> str:
    """What `Conversation.visible_to` says to a member of the conversation `c`, as SQL."""
    if scope.principal.sees_everything:
        return "TRUE"
    mine = f"c.inbox_id IN ({scope.doors}) OR c.team_id = ANY({scope.teams}) OR c.assignee_id = {scope.me}"
    return f"({mine} OR c.id IN ({_MENTIONED}{scope.me}))"


def _is_rare(tag: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM conversations_tagging WHERE tag_id = %s LIMIT %s) AS few",
                       [tag, RARE_TAG])
        return cursor.fetchone()[0] < RARE_TAG
