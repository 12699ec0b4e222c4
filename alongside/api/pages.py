"""Cursor pages over querysets ordered newest first, and the Link header that names the next one."""

from urllib.parse import urlencode

from django.db.models import F, Q

from alongside.api.problems import Problem
from alongside.lib.keyset import BadCursor, make_cursor, read_cursor


def cut(queryset, by: str, cursor: str | None, limit: int) -> tuple[list, str | None]:
    """One page of `queryset`, newest first by the time column `by` and id, and the cursor of the next."""
    place = place_of(cursor)
    if place:
        at, id = place
        queryset = queryset.filter(**{f"{by}__lte": at}).filter(Q(**{f"{by}__lt": at}) | Q(id__lt=id))
    rows = list(queryset.order_by(F(by).desc(), "-id")[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], make_cursor(getattr(rows[limit - 1], by), rows[limit - 1].id)


def place_of(cursor: str | None):
    """The place of a cursor. Raises the problem 400 for one that we did not make."""
    try:
        return read_cursor(cursor)
    except BadCursor:
        raise Problem(400, "not-valid", "This cursor was not made by us, or is damaged.") from None


def page(request, response, items: list, cursor: str | None) -> dict:
    """The answer of a page; names the next one in the Link header, too."""
    if cursor:
        query = urlencode({**request.GET.dict(), "cursor": cursor})
        response["Link"] = f'<{request.path}?{query}>; rel="next"'
    return {"items": items, "next": cursor}
