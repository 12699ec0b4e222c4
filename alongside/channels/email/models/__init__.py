"""What the mail channel keeps: mailboxes, mail as it came, mail on its way out, the post office's letters."""

from alongside.channels.email.models.house_letter import HouseLetter
from alongside.channels.email.models.mailbox import Mailbox
from alongside.channels.email.models.outgoing import Outgoing
from alongside.channels.email.models.post_office import PostOfficeLetter
from alongside.channels.email.models.raw_mail import RawMail

__all__ = ["HouseLetter", "Mailbox", "Outgoing", "PostOfficeLetter", "RawMail"]
