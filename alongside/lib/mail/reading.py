"""Everything that is read out of a raw mail in one call, so that one trip into the child does it all."""

from alongside.lib.mail import flowed, parsing, replies


def read(raw: bytes, rich: bool = True) -> dict:
    """What `parsing.parse` answers, and in "mail" also "written" (what the person wrote) and "folded" (the rest)."""
    found = parsing.parse(raw, rich)
    mail = found["mail"]
    text = flowed.unflow(mail["text"], mail["delsp"]) if mail["flowed"] else mail["text"]
    spans = replies.split(text)
    own = replies.written(text)
    rest = "".join(span.of(text) for span in spans if span.kind != replies.OWN)
    mail |= {"written": own, "folded": "" if own == text.strip() else rest.strip("\r\n")}
    return found
