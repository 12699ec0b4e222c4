"""How mail programs of many languages introduce what they quote."""

import re

QUOTED = re.compile(r"^[ \t]{0,3}(?:>|&gt;)")
EMAIL = r"[^\s<>()\[\]\"',;:]{1,120}@[^\s<>()\[\]\"',;:]{1,120}"
WROTE = (
    r"wrote|writes|said|a écrit|ecrit|schrieb|schreef|escribió|escribio|ha scritto|escreveu|skrev|kirjoitti|"
    r"napisał(?:\(a\))?|napisał\(a\)|napsal(?:\(a\))?|napísal|писал|написал(?:\(а\)|а)?|пишет|написав|írta|a scris|"
    r"yazdı|έγραψε|napisao(?:/la)?|je napisal|rašė|kirjutas|rakstīja|đã viết|menulis|写道|寫道|wrote on|schreibt|"
    r"escrigué|va escriure|hat geschrieben|כתב|كتب|님이 작성|さんは書きました|のメール"
)
WROTE_AT_END = re.compile(rf"(?:{WROTE})\s*[:：]?\s*$", re.I)
WROTE_WITHIN = re.compile(rf"(?:^|[\s>,])(?:{WROTE})(?=[\s:<\"'(]|$)", re.I)
OPENING = re.compile(
    r"^[\s*_>-]*(?:on|le|am|el|il|em|op|den|dne|dnia|w dniu|in data|da|pe|ma|ti|ke|to|la|su|mon|tue|wed|thu|fri|sat|"
    r"sun|"
    r"lun|mar|mer|jeu|ven|sam|dim|man|tir|ons|tor|fre|lør|søn|lör|sön|mån|tis|пн|вт|ср|чт|пт|сб|вс|"
    r"a|à|az|vào|pada|στις|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d)",
    re.I,
)
DATE = re.compile(
    r"\b\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}\.?\s+\w{3,12}\.?,?\s+\d{4}\b|"
    r"\b\w{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b|\b\d{1,2}\s+de\s+\w{3,12}\s+de\s+\d{4}|"
    r"\b\d{1,2}\.?\s+\w{3,12}\.?\s+\d{2,4}\b|\b\d{1,2}\.?\s+\w{3,12}\.?,?\s+(?:klo|kl|at|um|à|a las|às)\b|\d{4}\s*г\.|"
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+[a-z]{3,9}\.?\s+\d{1,2}\b",
    re.I,
)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
COLON_END = re.compile(rf"<\s*(?:mailto:)?{EMAIL}(?:\s*<[^<>]*>)?\s*>\s*[:：]?\s*$|{EMAIL}\s*[:：]\s*$")
URL = re.compile(r"https?://\S+$")

ORIGINAL = (
    r"original message|original e-?mail|original-nachricht|originalnachricht|ursprüngliche nachricht|"
    r"ursprüngliche e-mail|"
    r"message d.origine|message original|mensaje original|mensagem original|messaggio originale|messaggio inoltrato|"
    r"oorspronkelijk bericht|oprindelig (?:besked|meddelelse)|opprinnelig melding|ursprungligt meddelande|"
    r"originalmeddelande|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|"
    r"eredeti üzenet|mesaj original|orijinal mesaj|исходное сообщение|пересылаемое сообщение|оригинальное сообщение|"
    r"ursprungsnachricht|forwarded message|forwarded by .{0,60}|begin forwarded message|weitergeleitete nachricht|"
    r"message transféré|mensaje reenviado|mensagem encaminhada|doorgestuurd bericht|videresendt meddelelse|"
    r"vidarebefordrat meddelande|edelleenlähetetty viesti|przekazana wiadomość|reply message|reply above this line|"
    r"元のメッセージ|原始邮件|原始郵件|원본 메시지|転送されたメッセージ"
)
SEPARATOR = re.compile(rf"^[\s>*]*(?:[-_=#*]{{2,}}\s*)(?:{ORIGINAL})\s*:?\s*[-_=#*]*\s*$", re.I)
BARE_SEPARATOR = re.compile(
    r"^[\s>]*(?:begin forwarded message|anfang der weitergeleiteten nachricht|"
    r"début du message (?:réexpédié|transféré)|inicio del mensaje reenviado)\s*:\s*$",
    re.I,
)
ZOHO = re.compile(r"^\s*-{2,}\s*(?:on|am|le|el)\b.{5,200}(?:wrote|schrieb|écrit|escribió)\s*-{2,}\s*$", re.I)
RULE = re.compile(r"^[\s>]*(?:_{4,}|-{4,}|={4,}|\*{4,}|—{3,})\s*$")

FIELDS = {
    "from": r"from|von|de|da|van|fra|från|lähettäjä|od|feladó|gönderen|kimden|от|expéditeur|remitente|mittente|"
            r"message du|"
            r"差出人|发件人|寄件者|보낸 사람|מאת|من|från",
    "sent": r"sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el)?|fecha|data|inviato(?: il)?|verzonden|sendt|dato|"
            r"skickat|lähetetty|päivämäärä|wysłano|odesláno|odoslané|dátum|gönderildi|tarih|отправлено|дата|message du|"
            r"日付|发送时间|送信日時|寄件日期|보낸 날짜|נשלח|تاريخ",
    "to": r"to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|címzett|kime|кому|destinataire|destinatario|"
          r"收件人|宛先|받는 사람|אל|إلى",
    "cc": r"cc|kopie|copie à|copie|cópia|kopia|kopi|копия|bcc|抄送",
    "subject": r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|tárgy|"
               r"konu|"
               r"тема|sujet|主题|件名|主旨|제목|נושא|الموضوع|re",
}  # fmt: skip
FIELD = {name: re.compile(rf"^[\s>*]*(?:{words})\s*\*?\s*[:：]\s*\*?", re.I) for name, words in FIELDS.items()}
BLOCK_LINES = 8


def is_quoted(line: str) -> bool:
    """Whether the line is marked as quoted."""
    return bool(QUOTED.match(line))


def is_rule(line: str) -> bool:
    """Whether the line is drawn: underscores, dashes, equals signs."""
    return bool(RULE.match(line))


def is_separator(line: str) -> bool:
    """Whether the line says that the original or a forwarded message follows."""
    return len(line) < 200 and bool(SEPARATOR.match(line) or BARE_SEPARATOR.match(line) or ZOHO.match(line))


def could_introduce(line: str) -> bool:
    """Whether an attribution may begin with this line; cheap, and true for much else."""
    return len(line) < 400 and bool(OPENING.match(line)) and any(letter.isdigit() for letter in line)


def introduces(text: str, lines: int = 1) -> bool:
    """Whether one line (or several joined) reads "On that day this person wrote:", in the languages we know."""
    text = text.strip().strip("*_")
    if len(text) > 500 or not OPENING.match(text) or URL.search(text):
        return False
    dated, timed = DATE.search(text), CLOCK.search(text)
    if not (dated or timed):
        return False
    head = WROTE_AT_END.search(text)
    if head:
        return bool(dated and timed) or text.rstrip().endswith((":", "：")) or "@" in text
    if COLON_END.search(text) and (text.endswith((":", "：")) or WROTE_WITHIN.search(text)):
        return True
    return bool(dated and text.endswith((":", "：")) and WROTE_WITHIN.search(text))


def header_block(lines: list[str], at: int) -> int:
    """How many lines from `at` on are a quoted mail's headers (From, Sent, To, Subject in any order); 0 for none."""
    while at < len(lines) and not lines[at].strip() and at + 1 < len(lines) and at > 0 and is_rule(lines[at - 1]):
        return _block(lines, at + 1) + 1 if _block(lines, at + 1) else 0
    return _block(lines, at)


def _block(lines: list[str], at: int) -> int:
    if at >= len(lines) or not (
        FIELD["from"].match(lines[at])
        or FIELD["sent"].match(lines[at])
        or (FIELD["subject"].match(lines[at]) and is_quoted(lines[at]))
    ):
        return 0
    seen: set[str] = set()
    length = 0
    for offset, line in enumerate(lines[at : at + BLOCK_LINES]):
        if not line.strip("> \t"):
            break
        named = next((name for name, pattern in FIELD.items() if name not in seen and pattern.match(line)), None)
        if named:
            seen.add(named)
            length = offset + 1
        elif offset - length >= 2:
            break
    enough = "from" in seen and len(seen) >= 3 or len(seen) >= 4
    return length if enough else 0
