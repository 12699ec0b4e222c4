"""Tags: words that members put on conversations to find them again."""

from django.db import models
from django.utils import timezone

from alongside.conversations.models.conversation import Conversation
from alongside.people.models import Person


class Tag(models.Model):
    """One word, spelled one way."""

    name = models.CharField(max_length=40, unique=True)
    demo = models.BooleanField(default=False, editable=False)
    conversations = models.ManyToManyField(Conversation, through="conversations.Tagging", related_name="tags")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Tagging(models.Model):
    """That someone put a tag on a conversation."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, db_index=False, related_name="taggings")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "tag"], name="tagging_once")]
