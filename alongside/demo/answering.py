"""Puts into the demo what is known of its people and of what they make, by the question sets of the house."""

import tomllib
from datetime import datetime, timedelta

from alongside.demo.stories import WORLD
from alongside.profiles.loading import EXAMPLES, load_file
from alongside.profiles.models import Answer, Product, Question, QuestionSet, values


def told() -> dict[str, list[dict]]:
    """What is known, by the name of the person in the cast."""
    return tomllib.loads((WORLD / "answers.toml").read_text(encoding="utf-8"))


def made() -> list[dict]:
    """What is made, by whom in the cast, and what is known of it."""
    return tomllib.loads((WORLD / "products.toml").read_text(encoding="utf-8"))["product"]


def give_answers(people: dict, members: dict, now: datetime) -> None:
    """Load the sets that are not here yet, and write down what is known of each of `people`, and of what they make."""
    here = set(QuestionSet.objects.values_list("key", flat=True))
    for path in sorted(EXAMPLES.glob("*.yaml")):
        if path.stem not in here:
            fresh = load_file(path).set
            fresh.demo = True
            fresh.save(update_fields=["demo"])
    about = [(people[person], answers) for person, answers in told().items()]
    for each in made():
        product = Product.write_down(each["name"], people[each["maker"]], by=members[each["by"]].person,
                                     code=each["code"], at=now - timedelta(days=each["days"]))
        about.append((product, each["answers"]))
    questions = {f"{each.set.key}/{each.key}": each for each in Question.objects.select_related("set")}
    for subject, answers in about:
        for each in answers:
            question = questions[each["question"]]
            Answer.give(subject, question, values.checked(question, each["value"]), provenance=each["how"],
                        by=members[each["by"]].person, at=now - timedelta(days=each["days"]))


def forget_questions() -> None:
    """Take the sets away that came with the demo; one that real people answered belongs to the house by now."""
    brought = QuestionSet.objects.filter(demo=True)
    brought.filter(questions__answers__isnull=False).update(demo=False)
    brought.delete()
