"""Finds: from what someone typed to people, products and to messages, notes and files, newest first."""

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial

from django.db.models import Q

from alongside.conversations.models import Conversation, Inbox, Message
from alongside.lib.keyset import make_cursor, read_cursor
from alongside.lib.picture_marks import in_words
from alongside.lib.principal import Principal
from alongside.people.models import Person
from alongside.profiles.finding import products_for
from alongside.profiles.models import Product
from alongside.search import ways
from alongside.search.commonness import Commonness, commonness
from alongside.search.filters import RESTING, Narrowing, matching, narrow, with_merged
from alongside.search.hits import Hit, read
from alongside.search.models import PERSON
from alongside.search.parsing import Lexemes, Query, parse
from alongside.search.people import people_for
from alongside.search.snippets import Marker
from alongside.search.stems import Stems
from alongside.search.vectors import quoted

MOST = 100
PEOPLE = 5  # how many people a page shows
PRODUCTS = 5
FEW = 2_000  # conversations that a filter leaves, few enough to look only among them
MOST_BESIDE = 1_000
RARE_ENOUGH = 0.01  # words in more documents than that are not looked for in what is known of people
ANYTHING = "('k:message' | 'k:note' | 'k:file')"

_LEXEME = re.compile(r"'((?:[^']|'')*)'(:\*)?")

@dataclass
class Found:
    """What was found. `problems` are sentences about filters; with any, nothing was looked for."""

    query: Query
    people: list[Person] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    next_cursor: str | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        """True when there was anything to look for."""
        return bool(self.query.terms or self.query.filters)


def find(
    principal: Principal, text: str, limit: int = 8, cursor: str | None = None, with_people: bool = True
) -> Found:
    """What `principal` may find for `text`: people and products (on the first page) and up to `limit` hits, newest
    first.

    Raises keyset.BadCursor.
    """
    place, limit = read_cursor(cursor), max(1, min(limit, MOST))
    query = parse(text)
    found = Found(query)
    if not found.asked or principal.kind not in ("member", "key", "person"):
        return found
    narrowing = narrow(query, principal)
    if narrowing.problems:
        found.problems = narrowing.problems
        return found
    stems = Stems()
    lexemes = Lexemes(query.terms, stems)
    if with_people and not place and not query.filters:
        found.people = _people(principal, query, lexemes)
        found.products = _products(principal, query)
    ids = ways.find(_search(principal, query, narrowing, lexemes, place), limit + 1)
    found.hits = _marked(read(ids[:limit]), Marker(lexemes, stems))
    if len(ids) > limit and found.hits:
        found.next_cursor = make_cursor(found.hits[-1].at, found.hits[-1].id)
    return found


def _search(principal: Principal, query: Query, narrowing: Narrowing, lexemes: Lexemes, place) -> ways.Search:
    known = commonness()
    parts = [*narrowing.parts, *lexemes.parts]
    if all(part.startswith("!") for part in parts):
        parts.append(ANYTHING)
    if not principal.serves:
        theirs = " | ".join(quoted(f"p:{id}") for id in with_merged([principal.person_id]))
        parts += [f"({theirs})", "!'k:note'", "!'l:note'"]
    share = 1.0
    for part in parts:
        share *= _share(part, known)
    search = ways.Search(
        tsquery=" & ".join(parts), share=share, documents=known.documents, since=narrowing.since,
        until=narrowing.until, place=place, seen=_seen(principal, narrowing),
    )  # fmt: skip
    if any(one.key in ("tag", "assigned", "is", "in") for one in query.filters) and len(narrowing.conversations) > 1:
        few = list(matching(narrowing, principal).values_list("id", flat=True).distinct()[: FEW + 1])
        search.among = few if len(few) <= FEW else None
    if principal.serves and not principal.sees_everything:
        search.scope = partial(_scope, search.tsquery, principal)
    return search


def _scope(tsquery: str, principal: Principal) -> ways.Scope | None:
    """The inboxes that the reader's teams serve, and what they see beside these; None where that is too much.

    This only narrows where to look. What may be seen is decided by `seen`, for each match.
    """
    inboxes = list(Inbox.objects.visible_to(principal).order_by().values_list("id", flat=True))
    elsewhere = Conversation.objects.whole().exclude(inbox__in=inboxes).order_by().values_list("id", flat=True)
    reasons = [Q(team__in=principal.team_ids), Q(assignee=principal.member_id), Q(mentions__member=principal.member_id)]
    first, *others = (elsewhere.filter(reason) for reason in reasons)
    beside = list(first.union(*others)[: MOST_BESIDE + 1])
    if len(beside) > MOST_BESIDE:
        return None
    part = "(" + " | ".join(quoted(f"i:{id}") for id in [*inboxes, 0]) + ")"
    return ways.Scope(f"{tsquery} & {part}", beside)


def _share(part: str, known: Commonness) -> float:
    """The share of documents in which one part of a tsquery holds, as far as PostgreSQL's statistics tell."""
    if part.startswith("!"):
        return 1.0
    if " <-> " in part:
        return min(_share(word, known) for word in part.strip("()").split(" <-> "))
    left = 1.0
    for lexeme, beginning in _LEXEME.findall(part):
        left *= 1 - (known.of_beginning(lexeme) if beginning else known.of(lexeme))
    return 1 - left


def _seen(principal: Principal, narrowing: Narrowing):
    """The SQL of rows that exist for a match when the reader may see it and the filters hold for its conversation."""
    if narrowing.conversations == [RESTING]:
        return _seen_without_filters(principal)
    return _compiled(principal, narrowing)


@lru_cache(maxsize=1024)
def _seen_without_filters(principal: Principal):
    """As it is for most searches: the same for the same reader, and dear to put together."""
    return _compiled(principal, Narrowing(conversations=[RESTING]))


def _compiled(principal: Principal, narrowing: Narrowing):
    if principal.serves:
        own = f'"{Conversation._meta.db_table}"."id"'
        seen = matching(narrowing, principal).filter(ways.of_match("conversation_id", own))
    else:
        own = f'"{Message._meta.db_table}"."id"'
        visible = Message.objects.visible_to(principal).filter(ways.of_match("message_id", own))
        seen = visible.filter(conversation__in=matching(narrowing, principal))
    return seen.order_by().values("id").query.sql_with_params()


def _marked(hits: list[Hit], marker: Marker) -> list[Hit]:
    for hit in hits:
        hit.title, hit.text = hit.title or hit.subject, in_words(hit.text)
    marker.learn(text for hit in hits for text in (hit.text, hit.title, hit.file))
    for hit in hits:
        hit.snippet, hit.heading = marker.snippet(hit.text), marker.whole(hit.title)
        hit.file_name = marker.whole(hit.file)
    return hits


def _people(principal: Principal, query: Query, lexemes: Lexemes) -> list[Person]:
    """People of that name or address, then those of whom something was written down that matters."""
    if not principal.serves or any(term.without for term in query.terms):
        return []
    known, share = commonness(), 1.0
    for part in lexemes.parts:
        share *= _share(part, known)
    tsquery = " & ".join([*lexemes.parts, quoted(f"k:{PERSON}")]) if share < RARE_ENOUGH else ""
    return people_for(query.plain, PEOPLE, tsquery)


def _products(principal: Principal, query: Query) -> list[Product]:
    """What somebody makes or brings, by the beginnings of its name or code."""
    if any(term.without for term in query.terms):
        return []
    return products_for(principal, query.plain, PRODUCTS)
