"""What this room itself lays on a card: the one question whether somebody is written down twice."""

from alongside.people import asking
from alongside.people.duplicates import words
from alongside.people.panels import Panel, shows

ASKING = "people/asking.html"


@shows(order=1)
def also_somebody_else(person, principal) -> Panel | None:
    """The question with what speaks for it; nothing when there is none, or they were asked something just now."""
    question = asking.question(person, principal)
    if question is None:
        return None
    speaks_for, against = words.reasons(question.suggestion)
    return Panel(ASKING, {"question": question, "words": words.question(question.other, person),
                          "plain": words.plain_question(), "speaks_for": speaks_for, "speaks_against": against})
