"""Putting rows in an order of one's own, one place at a time."""


def move(rows: list, row, way: int) -> None:
    """Put `row` one place up (-1) or down (1) among `rows`, models with an `order`, and keep the order of all of them.

    At either end nothing happens.
    """
    here = rows.index(row)
    there = here + way
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for order, each in enumerate(rows):
        each.order = order
    type(row).objects.bulk_update(rows, ["order"])
