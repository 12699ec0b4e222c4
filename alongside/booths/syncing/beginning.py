"""The first words of a goal: written into the document once, in the transaction that opens the booth."""

from pycrdt import Doc, Text

from alongside.booths.syncing.document import GOAL

HOUSE = 1  # the house's own number as a device; browsers take one of 2³² or more at random


def first_words(goal: str) -> bytes:
    """The update that writes `goal`. The same words give the same bytes, so that taking it twice writes them once."""
    doc = Doc(client_id=HOUSE)
    text = doc.get(GOAL, type=Text)
    text += goal
    return doc.get_update()
