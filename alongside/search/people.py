"""Finds people, as they stand, by the beginnings of names and addresses, then by what is known of them."""

from django.db import connection

from alongside.lib.prepared import fetch, spans
from alongside.lib.text import beginnings
from alongside.people.models import KINDS, Person

_NAMED = """
    (SELECT person_id FROM people_namekey WHERE key >= %(from_{at})s AND key < %(to_{at})s
     UNION SELECT person_id FROM people_identity
            WHERE kind = ANY(%(kinds)s) AND key >= %(from_{at})s AND key < %(to_{at})s)"""
_KNOWN = "UNION ALL SELECT person_id, 1 FROM search_searchdocument WHERE vector @@ %(tsquery)s::tsquery"
_PEOPLE = """
SELECT p.id, p.called, p.full_name, p.what_matters
  FROM (SELECT coalesce(o.merged_into_id, o.id) AS id, min(rank) AS rank FROM (
            SELECT person_id, 0 AS rank FROM ({named}) AS named {known}) AS every
          JOIN people_person o ON o.id = every.person_id
         GROUP BY 1) AS found
  JOIN people_person p ON p.id = found.id
 ORDER BY found.rank, p.sort_key, p.id LIMIT %(limit)s
"""


def people_for(words: str, limit: int, tsquery: str = "") -> list[Person]:
    """Up to `limit` people of whom every word begins a name or an address, then those whose document matches
    `tsquery`. For readers who may see everyone; the rest of a person's columns is loaded when asked for."""
    begun = beginnings(words)
    if not begun:
        return []
    params = {"kinds": [kind for kind, _name in KINDS], "tsquery": tsquery, "limit": limit, **spans(begun)}
    named = " INTERSECT ".join(_NAMED.format(at=at) for at in range(len(begun)))
    rows = fetch(_PEOPLE.format(named=named, known=_KNOWN if tsquery else ""), params)
    columns = ["id", "called", "full_name", "what_matters"]
    return [Person.from_db(connection.alias, columns, row) for row in rows]
