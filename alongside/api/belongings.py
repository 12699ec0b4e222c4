"""What the API holds of a person: answers that are kept for a day, to be given again to a program that asks again."""

import json

from django.utils.translation import gettext_lazy as _

from alongside.api.models import IdempotentAnswer
from alongside.api.problems import CONTENT_TYPE, Problem
from alongside.conversations.models import Conversation
from alongside.people.belongings import Belonging, register
from alongside.people.telling import Known, known_of

GONE = Problem(410, "forgotten", "Nothing was done again. Somebody this told of has been forgotten since.")


class RepeatedAnswers(Belonging):
    """They repeat what other rooms hold, so there is nothing to read in them; they go before those do."""

    name, label, order = "repeated_answers", _("Answers kept for programs"), 97
    shown_in_merging = False

    def erase(self, person_ids, how):
        """Words go either way; that the request was answered stays, or a program that asks again would do it twice."""
        talks = set(Conversation.objects.with_person(person_ids).values_list("id", flat=True))
        them, ids = known_of(person_ids), set(person_ids)
        kept = IdempotentAnswer.objects.exclude(status=GONE.status)
        telling = [each.id for each in kept.iterator(chunk_size=100)
                   if _tells(_read(bytes(each.body)), them, ids, talks)]
        return kept.filter(id__in=telling).update(
            status=GONE.status, content_type=CONTENT_TYPE, location="", body=GONE.response().content)


def _read(body: bytes):
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _tells(told, them: Known, ids: set[int], talks: set[int]) -> bool:
    """Whether it is about them: a person's card, something in a conversation of theirs, or words that name them."""
    if isinstance(told, dict):
        return (told.get("id") in ids and "identities" in told or told.get("conversation") in talks
                or any(_tells(each, them, ids, talks) for each in told.values()))
    if isinstance(told, list):
        return any(_tells(each, them, ids, talks) for each in told)
    return isinstance(told, str) and them.is_told_of(told)


register(RepeatedAnswers())
