"""The list of products by name: a page at a time, or those that a few letters begin."""

from django.db.models import Q

from alongside.lib.keyset import make_name_cursor, read_name_cursor
from alongside.people.models import Person
from alongside.profiles.models import Product

SIZE = 50
SALT = "products"  # a cursor of another list leads nowhere in this one


def page(principal, words: str = "", cursor: str | None = None,
         maker: Person | None = None) -> tuple[list[Product], str | None]:
    """One page of what is made, by name, and the cursor of the next.

    For `words`, whatever they begin, and of one `maker` all that is theirs, made still or no more. Raises
    keyset.BadCursor.
    """
    seen = Product.objects.visible_to(principal)
    seen = seen.of(maker) if maker else seen
    seen = seen.beginning_with(words) if words else seen if maker else seen.standing()
    place = read_name_cursor(cursor, SALT)
    if place:
        key, id = place
        seen = seen.filter(sort_key__gte=key).filter(Q(sort_key__gt=key) | Q(id__gt=id))
    named = seen.with_maker().prefetch_related("maker__identities", "maker__merged_into__identities")
    found = list(named.with_counts().order_by("sort_key", "id")[: SIZE + 1])
    last = found[SIZE - 1] if len(found) > SIZE else None
    return found[:SIZE], make_name_cursor(last.sort_key, last.id, SALT) if last else None
