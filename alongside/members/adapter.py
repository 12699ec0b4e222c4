"""How allauth behaves in this house: nobody signs up by themself, links lead to our address, words are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from alongside.lib import letters
from alongside.members.models import Organisation
from alongside.members.zones import language_of

UNKNOWN_IP = "0.0.0.0"  # behind a socket file nobody has an address; they share one throttle


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, plain words, and mail that is kept rather than waited for."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("This mail and this password do not belong together."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries in a row. Wait five minutes, or ask for a new password below."
        ),
        "incorrect_password": gettext_lazy("That is not your password."),
        "enter_current_password": gettext_lazy("That is not the password you have now."),
    }

    def is_open_for_signup(self, request):
        """Members are invited, so the public form is closed."""
        return False

    def get_client_ip(self, request) -> str:
        """The address that throttling counts by."""
        return get_client_ip(request) or UNKNOWN_IP

    def get_login_redirect_url(self, request):
        """The inbox; for an owner whose house is not set up, the set-up page."""
        if request.user.role == "owner" and Organisation.ours().set_up_at is None:
            return reverse("set_up")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        """Back to one's own settings."""
        return reverse("settings_you")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A link to our public address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user, email, context) -> None:
        """Write to the member. Whether it went out is not told to whoever asked: they may be anybody."""
        with override(language_of(user.language) or get_language()):
            subject = _("A new password")
            text = _(
                "Hello %(name)s,\n\nsomebody, you we hope, asked for a new password for Alongside. "
                "Choose one here within a day:\n\n%(url)s\n\n"
                "If it was not you, do nothing; your password stays as it is."
            ) % {"name": user.name, "url": context["password_reset_url"]}
        letters.send(to=user.email, subject=subject, text=text)
