"""Everything that is read out of a raw mail in one call, so that one trip into the child does it all."""

from alongside.lib.mail import parsing, replies


def read(raw: bytes, rich: bool = True) -> dict:
    """What `parsing.parse` answers, and in "mail" also "written" (what the person wrote) and "folded" (the rest)."""
    found = parsing.parse(raw, rich)
    text = found["mail"]["text"]
    spans = replies.split(text)
    own = replies.written(text)
    rest = "".join(span.of(text) for span in spans if span.kind != replies.OWN)
    found["mail"] |= {"written": own, "folded": "" if own == text.strip() else rest.strip("\r\n")}
    return found
