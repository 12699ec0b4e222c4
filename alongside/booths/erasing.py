"""Letting go of booths with everything in them, and of what a guest wrote in the booths of others."""

from django.db.models import Q

from alongside.booths.models import (
    Booth,
    BoothFile,
    BoothLink,
    BroughtLesson,
    ChatLine,
    Ending,
    GoalAgreement,
    Participant,
    Snapshot,
    Step,
    StepChange,
    Update,
)
from alongside.booths.models.booth import ENDED
from alongside.booths.rewriting import take_out
from alongside.files.models import drop_files
from alongside.keys.models import Key

NOTHING = "…"  # stands where words were
IN_A_BOOTH = (Step, ChatLine, Ending, GoalAgreement, BroughtLesson, BoothFile, Update, Snapshot)


def forget(booth_ids: list[int], *, keep_rows: bool) -> int:
    """Remove these booths, in the caller's transaction; with `keep_rows` what remains is that there was one.

    Whoever sits in one is out, its links open nothing, its files go. Returns how many booths.
    """
    booths = list(Booth.objects.filter(id__in=booth_ids).select_related("person"))
    files = _files_in(BoothFile.objects.filter(booth__in=booths))
    _forget_keys(Participant.objects.filter(booth__in=booths), BoothLink.objects.filter(booth__in=booths))
    for booth in booths:
        booth.tell("booth")
    if keep_rows:
        for model in IN_A_BOOTH:
            model.objects.filter(booth__in=booths).delete()
        Participant.objects.filter(booth__in=booths).delete()
        Booth.objects.filter(id__in=booth_ids).update(person=None, goal="", conversation_id=None, visit_id=None,
                                                      state=ENDED)
    else:
        Booth.objects.filter(id__in=booth_ids).delete()
    drop_files(files)
    return len(booths)


def forget_words(guests) -> int:
    """Take what these guests wrote out of the booths they sat in, and who they were; others' words stay.

    A step that others rely on stays, without its words. Returns how many guests.
    """
    guests = list(guests.select_related("booth"))
    files = _files_in(BoothFile.objects.filter(by__in=guests))
    for booth in {guest.booth for guest in guests}:
        take_out(booth, [guest.id for guest in guests if guest.booth_id == booth.id])
        booth.tell("steps")
    for model in (ChatLine, GoalAgreement, BoothFile):
        model.objects.filter(by__in=guests).delete()
    Ending.objects.filter(by__in=guests).update(words="")
    changes = StepChange.objects.filter(Q(by__in=guests) | Q(step__made_by__in=guests))
    reworded = Q(changes__by__in=guests, changes__kind="reworded")
    Step.objects.filter(Q(made_by__in=guests) | reworded).update(words=NOTHING)
    changes.update(before="")
    _forget_keys(Participant.objects.filter(id__in=[guest.id for guest in guests]))
    Participant.objects.filter(id__in=[guest.id for guest in guests]).update(name=NOTHING, person=None)
    drop_files(files)
    return len(guests)


def _forget_keys(seats, links=None) -> None:
    """Close these seats and take these links away: a key without its row would open nothing, but be kept."""
    held = Q(id__in=list(seats.exclude(session=None).values_list("session", flat=True)))
    if links is not None:
        held |= Q(id__in=list(links.values_list("key", flat=True)))
    Key.objects.filter(held).delete()


def _files_in(laid) -> list[int]:
    return list(laid.values_list("file_id", flat=True))
