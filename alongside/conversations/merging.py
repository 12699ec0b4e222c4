"""Merging two conversations into one, and undoing it; no message moves, so nothing is lost either way."""

from collections import defaultdict

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from alongside.conversations.models import Conversation, Draft, Merging, settle_columns
from alongside.people.models import Person


class CannotMerge(ValueError):
    """These two cannot become one; `why` is "same", "merged" (already laid into another), or "undone"."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def merge(kept: Conversation, taken: Conversation, *, by: Person) -> Merging:
    """Lay `taken` into `kept`, which shows the messages of both from now on. Records `conversations.merged` twice.

    The caller has looked both up with `visible_to`. What was merged into `taken` before comes along. Raises
    CannotMerge for one and the same, or for a `taken` that lies in another already.
    """
    with transaction.atomic():
        _one_at_a_time()
        if taken.pk == kept.standing().pk:
            raise CannotMerge("same")
        taken, kept = taken.locked(), kept.hold()
        if taken.merged_into_id:
            raise CannotMerge("merged")
        merging = Merging.objects.create(kept=kept, taken=taken, by=by)
        Conversation.objects.filter(merged_into=taken).update(merged_into=kept)
        taken.merged_into = kept
        taken.save(update_fields=["merged_into"])
        _bring_drafts(taken, kept)
        settle_columns(kept)
        _tell("merged", merging, by)
    return merging


def unmerge(merging: Merging, *, by: Person) -> None:
    """Take it out again, with what had been merged into it. Records `conversations.unmerged` twice.

    Every message stands where it was written: what was written since the merging stays with the kept one.
    Raises CannotMerge when it was undone already.
    """
    with transaction.atomic():
        _one_at_a_time()
        taken = merging.taken.locked()
        merging = Merging.objects.select_for_update(of=("self",)).get(pk=merging.pk)
        if merging.undone_at:
            raise CannotMerge("undone")
        stood = Conversation(pk=taken.merged_into_id).hold()
        merging.undone_at, merging.undone_by = timezone.now(), by
        merging.save(update_fields=["undone_at", "undone_by"])
        Conversation.objects.filter(pk__in=_under(taken)).update(merged_into=taken)
        taken.merged_into = None
        taken.save(update_fields=["merged_into"])
        settle_columns(taken)
        settle_columns(stood)
        _tell("unmerged", Merging(pk=merging.pk, kept=stood, taken=taken), by)


def _one_at_a_time() -> None:
    """Mergings are rare and each looks at several rows, so they stand in one line; no circle can form."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7002, 0)")


def _bring_drafts(taken: Conversation, kept: Conversation) -> None:
    """What members were writing goes on in the kept one, unless they were writing there too."""
    begun = Draft.objects.filter(conversation=kept, member=OuterRef("member"), kind=OuterRef("kind"))
    Draft.objects.filter(~Exists(begun), conversation=taken).update(conversation=kept)


def _under(conversation: Conversation) -> list[int]:
    """Everything that was merged into `conversation`, or into what was, and was not taken out again."""
    children = defaultdict(list)
    together = [conversation.merged_into_id, *Conversation.objects.filter(
        merged_into=conversation.merged_into_id).values_list("id", flat=True)]
    for kept, taken in Merging.objects.filter(taken__in=together, undone_at=None).values_list("kept_id", "taken_id"):
        children[kept].append(taken)
    found, edge = [], [conversation.pk]
    while edge:
        edge = [child for parent in edge for child in children[parent]]
        found += edge
    return found


def _tell(verb: str, merging: Merging, by: Person) -> None:
    """Both lives hear of it: the people of the two may be two people."""
    data = {"merging": merging.pk, "kept": merging.kept_id, "taken": merging.taken_id}
    merging.kept._tell(verb, by=by, data=data, also_members=[merging.kept.assignee_id, merging.taken.assignee_id])
    if merging.taken.person_id != merging.kept.person_id:
        merging.taken._tell(verb, by=by, data=data)
    merging.taken.hint()
