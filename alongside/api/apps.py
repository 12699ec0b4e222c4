"""The house for other programs: people, conversations and messages over HTTP and JSON."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "alongside.api"
    label = "api"

    def ready(self):
        """Give what the server refuses below the API the form of the API's own problems."""
        from alongside.api import answering, problems
        from alongside.lib.plainly import name_problems

        name_problems(answering.PREFIX, problems.named)
