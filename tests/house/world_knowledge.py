"""A lesson of the house and a step of it, and a step of another one, for the table of principals."""

from alongside.knowledge.models import Lesson
from alongside.people.models import Person
from tests.house.things import EVERYONE, Thing


def of_knowledge(by: Person) -> dict[str, Thing]:
    """Each thing by its name."""
    coffee, tea = (Lesson.make(title, by=by) for title in ("Coffee", "Tea"))
    steps = [lesson.add(by=by, title="Grind or steep").id for lesson in (coffee, tea)]
    return {"lesson": Thing(coffee.id), "lesson_part": Thing(steps[0], EVERYONE, steps[1])}
