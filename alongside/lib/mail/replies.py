"""What a person wrote in a reply, apart from what it quotes and from the signature; nothing is ever dropped.

A text is cut into spans that together are the whole: "own", "quote" and "signature". Folding them is the reader's
choice, so a doubtful line stays "own".
"""

from dataclasses import dataclass

from alongside.lib.mail import attributions as marks
from alongside.lib.mail import signatures

OWN, QUOTE, SIGNATURE = "own", "quote", "signature"
MAX_LINES = 20_000
LONGEST_ATTRIBUTION = 4  # lines


@dataclass
class Span:
    """A stretch of the text, `start` to `end` in characters, and what it is."""

    kind: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


def split(text: str) -> list[Span]:
    """The spans of `text`, in order and without gaps; each character lies in exactly one."""
    lines = text.splitlines(keepends=True)
    if len(lines) > MAX_LINES:
        return [Span(OWN, 0, len(text))]
    kinds = _quotes([line.rstrip("\r\n") for line in lines])
    _mark_signatures([line.rstrip("\r\n") for line in lines], kinds)
    for place in range(len(lines) - 1, 0, -1):  # blank lines at the end belong to what they follow
        if lines[place].strip():
            kinds[place + 1 :] = [kinds[place]] * (len(lines) - place - 1)
            break
    spans: list[Span] = []
    at = 0
    for line, kind in zip(lines, kinds, strict=True):
        if spans and (spans[-1].kind == kind):
            spans[-1].end = at + len(line)
        else:
            spans.append(Span(kind, at, at + len(line)))
        at += len(line)
    return spans


def written(text: str) -> str:
    """What the person wrote, quotes and signature left out; the whole text where nothing else would remain."""
    own = "\n\n".join(
        part.strip("\r\n") for span in split(text) if span.kind == OWN and (part := span.of(text)).strip()
    )
    return own.strip() or text.strip()


def as_pieces(text: str) -> list[dict]:
    """[{"kind", "text"}, …]: the spans as values that can be stored; joined they are `text`."""
    return [{"kind": span.kind, "text": span.of(text)} for span in split(text)]


def _quotes(lines: list[str]) -> list[str]:
    """Every line as own or quote."""
    kinds = [OWN] * len(lines)
    at = 0
    while at < len(lines):
        length = _attribution_at(lines, at)
        if length:
            end = _quoted_until(lines, at + length)
            _fill(kinds, _leading_rule(lines, at), end)
            at = end
        elif marks.is_quoted(lines[at]):
            end = _block_of_quoted(lines, at)
            _fill(kinds, at, end)
            at = end
        elif signatures.is_mobile(lines[at]) and _nothing_own_follows(lines, at + 1):
            _fill(kinds, at + 1, len(lines))
            break
        else:
            at += 1
    return kinds


def _fill(kinds: list[str], start: int, end: int) -> None:
    kinds[start:end] = [QUOTE] * (end - start)


def _attribution_at(lines: list[str], at: int) -> int:
    """How many lines introduce a quote from line `at` on; 0 where none does."""
    line = lines[at].lstrip("> \t") if marks.is_quoted(lines[at]) else lines[at]
    if marks.is_quoted(lines[at]) and not marks.could_introduce(line):
        return 0
    if marks.is_separator(line):
        return 1
    if marks.is_rule(line):
        block = marks.header_block(lines, at + 1)
        return 1 + block if block else 0
    block = marks.header_block(lines, at)
    if block:
        return block
    if not marks.could_introduce(line):
        return 0
    for length in range(1, LONGEST_ATTRIBUTION + 1):
        piece = lines[at : at + length]
        if len(piece) < length or (length > 1 and not piece[-1].strip()):
            return 0
        if marks.introduces(" ".join(part.strip("> \t") for part in piece), length):
            return length
    return 0


def _leading_rule(lines: list[str], at: int) -> int:
    """Where the fold begins: at a line of dashes or equals signs above the attribution, if there is one."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and marks.is_rule(lines[above]) else at


def _quoted_until(lines: list[str], at: int) -> int:
    """Where the quote ends that an attribution opened: after its `>` block, or with the text where it has none."""
    first = at
    while first < len(lines) and not lines[first].strip():
        first += 1
    if first < len(lines) and marks.is_quoted(lines[first]):
        return _block_of_quoted(lines, first)
    return len(lines)


def _block_of_quoted(lines: list[str], at: int) -> int:
    """The end of a block of `>` lines; a line that was wrapped out of it belongs to it."""
    end = at
    while end < len(lines):
        if marks.is_quoted(lines[end]) or _wrapped_out(lines, end):
            end += 1
        else:
            blank = end
            while blank < len(lines) and not lines[blank].strip():
                blank += 1
            if blank < len(lines) and blank > end and blank - end <= 2 and marks.is_quoted(lines[blank]):
                end = blank
            else:
                break
    return end


def _wrapped_out(lines: list[str], at: int) -> bool:
    return (
        bool(lines[at].strip())
        and at + 1 < len(lines)
        and marks.is_quoted(lines[at + 1])
        and len(lines[at - 1]) >= 60
        and len(lines[at]) < 60
    )


def _nothing_own_follows(lines: list[str], at: int) -> bool:
    """Whether text follows a phone's own line, as an unmarked quote does."""
    return any(line.strip() for line in lines[at:])


def _mark_signatures(lines: list[str], kinds: list[str]) -> None:
    """Mark the signature at the end of what was written above the first quote, and at the end of the text."""
    if OWN not in kinds:
        return
    first_end = next((place for place, kind in enumerate(kinds) if kind == QUOTE and OWN in kinds[:place]), len(kinds))
    ends = {first_end, len(kinds)}
    for end in ends:
        start = end
        while start and kinds[start - 1] == OWN:
            start -= 1
        if start == end:
            continue
        begin = signatures.begins(lines[start:end], follows=start > 0)
        if begin is not None:
            kinds[start + begin : end] = [SIGNATURE] * (end - start - begin)
