"""The door: allauth's sign-in, greeting whoever comes by the hour and by the name of the house."""

from allauth.account.views import LoginView
from django.utils import timezone

from alongside.lib.access import open_to_all
from alongside.members.greeting import greeting
from alongside.members.models import Organisation
from alongside.members.zones import zone_of


class SignIn(LoginView):
    """Sign-in by mail and password; throttled, and silent about who is known here."""

    def get_context_data(self, **kwargs) -> dict:
        """allauth's own, with a greeting in the zone of the house."""
        organisation = Organisation.ours()
        with timezone.override(zone_of(organisation.zone)):
            words = greeting()
        return {**super().get_context_data(**kwargs), "greeting": words, "organisation": organisation.name}


sign_in = open_to_all(SignIn.as_view())
