"""What a password must be, said in plain words."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """At least so many characters; nothing else is asked of them."""

    def get_error_message(self):
        """Said when it is too short."""
        return _("Make it %(count)d characters or more; a few words in a row are easy to remember.") % {
            "count": self.min_length
        }

    def get_help_text(self):
        """Said before it is written."""
        return _("%(count)d characters or more; a few words in a row are easy to remember.") % {
            "count": self.min_length
        }


class NotOneselfs(password_validation.UserAttributeSimilarityValidator):
    """Not the name or the address of whoever signs in."""

    def get_error_message(self):
        """Said when it is too close to a name or an address."""
        return _("That is too close to your name or your address; somebody could guess it.")

    def get_help_text(self):
        """Said before it is written."""
        return ""


class NotEverybodys(password_validation.CommonPasswordValidator):
    """None of the 20,000 that everybody tries first."""

    def get_error_message(self):
        """Said when it is on the list."""
        return _("Many people use that one, so it is among the first to be tried. Choose another.")

    def get_help_text(self):
        """Said before it is written."""
        return ""


class NotOnlyFigures(password_validation.NumericPasswordValidator):
    """Not a number, which is a date or a telephone more often than not."""

    def get_error_message(self):
        """Said when there is no letter in it."""
        return _("Put at least one letter or space among the figures.")

    def get_help_text(self):
        """Said before it is written."""
        return ""
