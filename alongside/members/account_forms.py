"""allauth's password forms with our words: what is asked of a password as one sentence."""

from allauth.account import forms
from django.contrib.auth.password_validation import password_validators_help_texts


class _Told:
    """Says beside the new password what is asked of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(filter(None, password_validators_help_texts()))


class ChangePassword(_Told, forms.ChangePasswordForm):
    """Another password in place of the one they have."""


class SetPassword(_Told, forms.SetPasswordForm):
    """The first password of someone who came in by a link."""


class ResetPassword(_Told, forms.ResetPasswordKeyForm):
    """A new password from the link in a letter."""
