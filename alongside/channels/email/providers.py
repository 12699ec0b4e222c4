"""Where the well-known mail houses keep their servers, and a fair guess for every other domain."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

APP_PASSWORD = _(
    "This mail house wants an “app password” here: make one in your account’s security settings. "
    "Your ordinary password will be refused."
)
IMAP_FIRST = _("In your account’s settings, IMAP has to be switched on first.")


@dataclass(frozen=True)
class Guess:
    """Servers for an address; `sure` when we know them, `hint` what to mind."""

    imap_host: str
    smtp_host: str
    imap_port: int = 993
    imap_security: str = "tls"
    smtp_port: int = 587
    smtp_security: str = "starttls"
    plus_addresses: bool = False
    sure: bool = True
    hint: str = ""


GOOGLE = Guess("imap.gmail.com", "smtp.gmail.com", plus_addresses=True, hint=APP_PASSWORD)
MICROSOFT = Guess("outlook.office365.com", "smtp.office365.com", plus_addresses=True, hint=APP_PASSWORD)
APPLE = Guess("imap.mail.me.com", "smtp.mail.me.com", plus_addresses=True, hint=APP_PASSWORD)
YAHOO = Guess("imap.mail.yahoo.com", "smtp.mail.yahoo.com", smtp_port=465, smtp_security="tls", hint=APP_PASSWORD)
FASTMAIL = Guess("imap.fastmail.com", "smtp.fastmail.com", smtp_port=465, smtp_security="tls", plus_addresses=True,
                 hint=APP_PASSWORD)  # fmt: skip
GMX = Guess("imap.gmx.net", "mail.gmx.net", hint=IMAP_FIRST)
BY_DOMAIN = {
    "gmail.com": GOOGLE,
    "googlemail.com": GOOGLE,
    "outlook.com": MICROSOFT,
    "hotmail.com": MICROSOFT,
    "live.com": MICROSOFT,
    "msn.com": MICROSOFT,
    "icloud.com": APPLE,
    "me.com": APPLE,
    "mac.com": APPLE,
    "yahoo.com": YAHOO,
    "yahoo.co.uk": YAHOO,
    "yahoo.de": YAHOO,
    "yahoo.fr": YAHOO,
    "fastmail.com": FASTMAIL,
    "fastmail.fm": FASTMAIL,
    "gmx.de": GMX,
    "gmx.net": GMX,
    "gmx.at": GMX,
    "gmx.ch": GMX,
    "web.de": Guess("imap.web.de", "smtp.web.de", hint=IMAP_FIRST),
    "t-online.de": Guess("secureimap.t-online.de", "securesmtp.t-online.de", smtp_port=465, smtp_security="tls"),
    "mailbox.org": Guess("imap.mailbox.org", "smtp.mailbox.org", 993, "tls", 465, "tls", plus_addresses=True),
    "posteo.de": Guess("posteo.de", "posteo.de", plus_addresses=True),
    "zoho.com": Guess("imap.zoho.com", "smtp.zoho.com", smtp_port=465, smtp_security="tls", plus_addresses=True),
    "orange.fr": Guess("imap.orange.fr", "smtp.orange.fr", smtp_port=465, smtp_security="tls"),
    "free.fr": Guess("imap.free.fr", "smtp.free.fr", smtp_port=465, smtp_security="tls"),
    "laposte.net": Guess("imap.laposte.net", "smtp.laposte.net", smtp_port=465, smtp_security="tls"),
}


def guess(address: str) -> Guess:
    """The servers of an address, as well as its domain tells."""
    domain = address.rpartition("@")[2].strip().lower()
    return BY_DOMAIN.get(domain) or Guess(f"imap.{domain}", f"smtp.{domain}", sure=False)
