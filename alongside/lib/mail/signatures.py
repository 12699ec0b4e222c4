"""Where a signature begins: at a delimiter, a closing phrase, a phone's own line, or a block of contacts."""

import re

DELIMITER = re.compile(r"^(?:--|–|__|-- )[ \t]*$")
LIST_RULE = re.compile(r"^_{2,}[ \t]*$")
RULE = re.compile(r"^(?:-{4,}|_{4,}|={4,}|—{3,}|\*{4,})[ \t]*$")
MOBILE = re.compile(
    r"^[ \t]*(?:(?:sent|posted|written) (?:from|via|with|using|by) |get (?:outlook|bluemail) for |"
    r"envoyé (?:de|depuis|à partir de|avec|via) |(?:von|mit) (?:meinem|meiner|unterwegs|dem|der) .{0,40} gesendet|"
    r"gesendet (?:von|mit|über|mittels) |diese nachricht wurde von meinem |inviato da(?:l| )|"
    r"enviado (?:desde|do|a partir|de) |"
    r"verzonden (?:vanaf|met|via) |verstuurd vanaf |skickat från |sendt fra |lähetetty |wysłan[eo] z |odesláno z |"
    r"отправлено (?:с|из) |изпратено от |enviat des |trimis de pe |iphone'?umdan |iphoneから送信|从我的|發自我的|"
    r"发自我的|"
    r"via (?:mobile|iphone|android)\b)",
    re.I,
)
CLOSING = re.compile(
    r"^[ \t]*(?:(?:with |many |my |very )?(?:best|kind|warm|warmest|kindest|friendly)?\s*(?:regards|wishes)|best|"
    r"all the best|"
    r"sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|thanks(?: (?:again|so much|a lot|and regards))?|"
    r"thanks (?:&|and) (?:best |kind )?regards|many thanks|thank you(?: (?:very much|so much|again))?|thx|respectfully|"
    r"mit (?:freundlichen|besten|herzlichen|vielen|lieben) gr[üu](?:ß|ss)en?|"
    r"(?:viele|liebe|beste|herzliche|schöne|freundliche) "
    r"gr[üu](?:ß|ss)e|mfg|lg|vg|gru(?:ß|ss)|cordialement|bien (?:cordialement|à vous)|salutations(?: distinguées)?|"
    r"(?:un )?saludos?(?: cordiales)?|atentamente|atenciosamente|cumprimentos|cordiali saluti|distinti saluti|"
    r"met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groet(?:en|jes)?|mvh|med vänlig(?:a)? hälsning(?:ar)?|"
    r"med venlig hilsen|med vennlig hilsen|vh|ystävällisin terveisin|z poważaniem|pozdrawiam|s pozdravem|üdvözlettel|"
    r"с уважением|saygılarımla|よろしくお願いします)[ \t]*[,.!\-–—]*[ \t]*\W{0,4}$",
    re.I,
)
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
URL = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|de|fr|io|co\.uk)\b", re.I)
PHONE = re.compile(r"(?:\+|\(|\b)\d[\d\s().\-/]{6,}\d\b")
CONTACT_LABEL = re.compile(
    r"^[ \t]*(?:t|f|m|p|tel|fax|mob(?:ile)?|phone|skype|cell|office|e-?mail|web|direct)\s*[.:]\s*\S", re.I
)
MAX_LINES = 14
MAX_LENGTH = 90
MAX_MOBILE = 90


def begins(lines: list[str], follows: bool = False) -> int | None:
    """The index of the signature's first line in what a person wrote, or None.

    A text is never a signature altogether, unless it `follows` a quote.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    if not end:
        return None
    found = [
        place
        for place in (_delimited(lines, end), _mobile(lines, end), _closing(lines, end), _contacts(lines, end))
        if place is not None and (follows or _something_before(lines, place))
    ]
    return min(found) if found else None


def is_mobile(line: str) -> bool:
    """Whether the line is what phones add: short, no sentence."""
    if len(line) > MAX_MOBILE or not MOBILE.match(line):
        return False
    bare = re.sub(r"<[^<>]*>|\([^()]*\)", "", line).strip().rstrip(".")
    return len(bare.split()) <= 9 and not re.search(r"[,;?!]|\.\s", bare) and not re.search(r"\bis\b|\bto all\b", bare)


def _something_before(lines: list[str], place: int) -> bool:
    return any(line.strip() for line in lines[:place])


def _delimited(lines: list[str], end: int) -> int | None:
    """The first delimiter line near the end, with short lines under it."""
    for place in range(max(0, end - 2 * MAX_LINES), end - 1):
        line = lines[place]
        if DELIMITER.match(line) and _short(lines[place + 1 : end]):
            return place
        if LIST_RULE.match(line) and any("mailing list" in other for other in lines[place:end]):
            return place
        rest = [other for other in lines[place + 1 : end] if other.strip()]
        if RULE.match(line) and _short(rest) and sum(map(_is_contact, rest)) >= 2:
            return place
    return None


def _mobile(lines: list[str], end: int) -> int | None:
    place = next((place for place in range(end - 1, max(-1, end - 4), -1) if is_mobile(lines[place])), None)
    if place is None:
        return None
    if lines[place].strip().lower().startswith("via ") and place and _looks_like_name(lines[place - 1]):
        return place - 1
    return place


def _closing(lines: list[str], end: int) -> int | None:
    """The last closing phrase on a line of its own, with a name or more under it."""
    for place in range(end - 2, max(-1, end - MAX_LINES), -1):
        if CLOSING.match(lines[place]):
            rest = [line for line in lines[place + 1 : end] if line.strip()]
            if rest and _short(rest) and not any("?" in line for line in rest):
                return place
    return None


def _contacts(lines: list[str], end: int) -> int | None:
    """The last paragraph where it is a name with addresses and numbers."""
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    block = lines[start:end]
    if not 2 <= len(block) <= 10 or not _short(block, 70):
        return None
    contacts = sum(map(_is_contact, block))
    if contacts < 2 or contacts * 3 < len(block) or _is_contact(block[0]) or "?" in "".join(block):
        return None
    sentence = re.search(r"[:.]\s*$", block[0]) and not block[0].strip().endswith("D.")  # as in Ph.D.
    return None if sentence else start


def _short(lines: list[str], length: int = MAX_LENGTH) -> bool:
    return all(len(line) <= length for line in lines) and sum(1 for line in lines if line.strip()) <= MAX_LINES


def _is_contact(line: str) -> bool:
    return bool(EMAIL.search(line) or URL.search(line) or PHONE.search(line) or CONTACT_LABEL.match(line))


def _looks_like_name(line: str) -> bool:
    words = line.split()
    return (
        1 <= len(words) <= 4
        and all(word[:1].isupper() for word in words)
        and not line.rstrip().endswith((".", "?", "!"))
    )
