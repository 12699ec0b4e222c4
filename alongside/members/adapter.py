"""How allauth behaves in this house: nobody signs up by themself; members come by invitation."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; everything else is allauth's own."""

    def is_open_for_signup(self, request):
        """Members are invited, so the public form is closed."""
        return False
