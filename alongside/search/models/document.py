"""A search document: what can be found of one person, message, note or file, kept beside the thing itself."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from alongside.conversations.models import Conversation, Message
from alongside.people.models import Person

PERSON, MESSAGE, NOTE, FILE = "person", "message", "note", "file"
KINDS = (PERSON, MESSAGE, NOTE, FILE)


class SearchDocumentQuerySet(models.QuerySet):
    """Documents by who may find them."""

    def visible_to(self, principal):
        """What the principal may see anyway; to a person that is never a note nor a file that lies in one."""
        people = models.Q(kind=PERSON, person__in=Person.objects.visible_to(principal).values("id"))
        if principal.serves:
            seen = models.Q(conversation__in=Conversation.objects.visible_to(principal).values("id"))
        else:
            seen = models.Q(message__in=Message.objects.visible_to(principal).values("id"))
        return self.filter(people | seen)


class SearchDocument(models.Model):
    """One thing that can be found. `object_id` is the id of the person, message, note or enclosure.

    `conversation` is the one that shows it today (where it was merged to), `person` whom it is with. `vector` holds
    words, stems and facts (see `search.vectors`). Rows are derived: `alongside search rebuild` makes them all anew.
    """

    kind = models.CharField(max_length=8, choices=[(k, k) for k in KINDS])
    object_id = models.BigIntegerField()
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    vector = SearchVectorField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]
        indexes = [
            GinIndex("vector", name="search_vector", fastupdate=False),
            models.Index(
                fields=["-at", "-id"], name="search_newest", condition=models.Q(conversation__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
