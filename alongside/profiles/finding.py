"""Finds products by the beginnings of their names and codes, each with its maker, in one query whose plan is kept."""

from django.db import connection

from alongside.lib.prepared import fetch, spans
from alongside.lib.principal import Principal
from alongside.lib.text import beginnings
from alongside.people.models import Person
from alongside.profiles.models.product import Product

_BEGINS = "SELECT product_id FROM profiles_productkey WHERE key >= %(from_{at})s AND key < %(to_{at})s"
_PRODUCTS = """
SELECT t.id, t.name, t.code, t.maker_id, m.called, m.full_name, m.merged_into_id, h.called, h.full_name
  FROM profiles_product t
  JOIN people_person m ON m.id = t.maker_id
  LEFT JOIN people_person h ON h.id = m.merged_into_id
 WHERE t.id IN ({begins})
 ORDER BY t.sort_key, t.id LIMIT %(limit)s
"""


def products_for(principal: Principal, words: str, limit: int) -> list[Product]:
    """Up to `limit` products, by name, of which every word of `words` begins a word of the name or the code.

    For members and those who serve, who see them all; none for anybody else, and none for no words. Each comes with
    its maker and whoever that was merged into; the rest of their columns is loaded when asked for.
    """
    begun = beginnings(words)
    if not begun or not principal.serves:
        return []
    begins = " INTERSECT ".join(_BEGINS.format(at=at) for at in range(len(begun)))
    return [_product(row) for row in fetch(_PRODUCTS.format(begins=begins), {"limit": limit, **spans(begun)})]


def _product(row: tuple) -> Product:
    product = _loaded(Product, ["id", "name", "code", "maker_id"], row[:4])
    product.maker = _loaded(Person, ["id", "called", "full_name", "merged_into_id"], row[3:7])
    if product.maker.merged_into_id:
        product.maker.merged_into = _loaded(Person, ["id", "called", "full_name"], row[6:9])
    return product


def _loaded(model, columns: list[str], values):
    return model.from_db(connection.alias, columns, values)
