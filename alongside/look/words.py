"""The words of a page in the reader's language, remembered: a page asks for three hundred of them."""

from functools import lru_cache

from django.utils import translation
from markupsafe import Markup


def gettext(message: str) -> str:
    """`message` in the active language."""
    return _in(translation.get_language() or "", message)


def marked(message: str, **values) -> Markup:
    """`_("…")` of a template: `message` in the active language, with `values` escaped into it.

    The extension's own looks itself up anew in the context for each of them.
    """
    return Markup(gettext(message)) % values


@lru_cache(maxsize=20_000)
def _in(language: str, message: str) -> str:
    """Kept by language; catalogues do not change while we run."""
    return translation.gettext(message)
