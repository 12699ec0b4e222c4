"""Paths of views, remembered: a list asks for the same pattern fifty times a page, and addresses never change."""

from functools import lru_cache

from django.urls import reverse

_NUMBER = 7_700_000_077  # stands for an id while the path around it is found


def path_to(name: str, *args, **kwargs) -> str:
    """The path of the view `name`. Raises NoReverseMatch."""
    if len(args) == 1 and not kwargs and type(args[0]) is int:
        around = _around(name)
        if around:
            return f"{around[0]}{args[0]}{around[1]}"
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=512)
def _around(name: str) -> tuple[str, str] | None:
    """What stands before and after the one id in a path; None where that cannot be told."""
    before, number, after = reverse(name, args=[_NUMBER]).partition(str(_NUMBER))
    return (before, after) if number else None
