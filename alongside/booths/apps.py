"""The page that both sides share."""

from django.apps import AppConfig


class Booths(AppConfig):
    """Takes what a forgotten guest wrote out of the shared document, too."""

    name = "alongside.booths"
    label = "booths"

    def ready(self):
        """Register what rewrites the document."""
        from alongside.booths import rewriting
        from alongside.booths.syncing import erasing

        rewriting.rewrites(erasing.erase)
