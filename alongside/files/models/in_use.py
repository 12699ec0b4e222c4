"""Which files are still needed: the rooms that attach them say so, and the others go after a week."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.files.models.blob import sweep_blobs
from alongside.files.models.file import File

FORGOTTEN_AFTER = timedelta(days=7)


class InUse:
    """The port for rooms that hold on to files."""

    def __init__(self):
        self._rooms: dict[str, Callable] = {}

    def register(self, used: Callable) -> Callable:
        """Have `used()` asked for a queryset (or values queryset) of the ids of files that a room holds on to.

        Usable as a decorator. A room that does not register loses its files a week after they were kept.
        """
        self._rooms[f"{used.__module__}.{used.__qualname__}"] = used
        return used

    def among(self, files):
        """Those of the queryset `files` that no room holds on to."""
        for used in self._rooms.values():
            held = File.objects.filter(id__in=used()).values("id")  # by way of File: a null among `used` spoils NOT IN
            files = files.exclude(id__in=held)
        return files


in_use = InUse()


def drop_files(ids: list[int]) -> None:
    """Remove those of these files that nobody holds on to any more, and their bytes: now, not in a week."""
    in_use.among(File.objects.filter(id__in=ids)).delete()
    while sweep_blobs():
        pass


def sweep_files(limit: int = 500) -> int:
    """Delete up to `limit` files that nobody holds on to a week after they were kept. Returns how many."""
    with transaction.atomic():
        old = File.objects.filter(at__lt=timezone.now() - FORGOTTEN_AFTER)
        ids = list(in_use.among(old).order_by("at").values_list("id", flat=True)[:limit])
        File.objects.filter(id__in=ids).delete()
    return len(ids)
