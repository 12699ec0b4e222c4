"""The record on paper in every script: read back from the PDF, with no letter left out."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pycrdt import Doc
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

from alongside.booths.models import Booth
from alongside.booths.record import renderings, typefaces
from alongside.booths.record.gathering import gather
from alongside.booths.syncing import document as documents
from alongside.booths.syncing.reading import Reading

pytestmark = pytest.mark.django_db
# Letters that stand for themselves, and so can be read back one by one; joined ones are only looked for.
LINES = {
    "Latin": "Zażółć gęślą jaźń, Xin chào thế giới, Æ ß İ", "Greek": "Καλημέρα κόσμε", "Cyrillic": "Привет, мир Ёё їґ",
    "Chinese": "统一码的愿景和价值观", "Chinese in Taiwan": "繁體中文臺灣體驗",
    "Japanese": "日本語のテスト、カタカナ々「」",
    "Korean": "한국어 시험 뷁", "Hebrew": "שלום עולם", "Armenian": "Բարև աշխարհ", "Georgian": "გამარჯობა",
    "Amharic": "ሰላም ልዑል", "Lao": "ສະບາຍດີ", "Tamil": "வணக்கம்", "signs": "≤ ≥ ≠ × ÷ ½ € ₹ ₽ ₪ № ™ °C ✓ ★ → ☐ ☑",
    "emoji": "😀👍🎉☕🍰",
}
JOINED = {
    "Arabic": "مرحبا بالعالم", "Persian": "سلام دنیا گچپژ", "Urdu": "ٹھیک ہے", "Hindi": "नमस्ते दुनिया क्षत्रिय",
    "Bengali": "ওহে বিশ্ব", "Gujarati": "નમસ્તે", "Panjabi": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ", "Kannada": "ನಮಸ್ಕಾರ", "Malayalam": "നമസ്കാരം",
    "Telugu": "నమస్కారం", "Odia": "ନମସ୍କାର", "Sinhala": "ආයුබෝවන්", "Thai": "สวัสดีชาวโลก", "Khmer": "សួស្តី",
    "Burmese": "မင်္ဂလာပါ", "a family": "👨‍👩‍👧 ❤️",
}
TIBETAN = "བཀྲ་ཤིས"  # of which no typeface comes with the house


@pytest.fixture
def printed(lena):
    """A function: the PDF of a record in which somebody said these words, in talk, in a step, in bold and as code."""
    empty = Reading(**documents.read([Doc().get_update()]))
    record = gather(Booth.open(by=lena.person), empty)

    def of(words: str) -> PdfReader:
        notes = {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": words, "marks": [{"type": "strong"}]}]},
            {"type": "code_block", "content": [{"type": "text", "text": words}]}]}
        lines = [{"side": "yours", "name": words[:20], "at": "", "words": words}]
        return PdfReader(io.BytesIO(renderings.pdf(replace(record, goal=words, notes=notes, lines=lines))))

    return of


def text_of(paper: PdfReader) -> str:
    return "".join(page.extract_text() for page in paper.pages)


def left_out(paper: PdfReader) -> int:
    """How many letters are drawn as the empty box of their typeface, which is its glyph 0."""
    drawn = [each for page in paper.pages for each in ContentStream(page.get_contents(), paper).operations]
    return sum(_boxes(given) for given, operator in drawn if operator in (b"Tj", b"TJ"))


def _boxes(given) -> int:
    runs = given[0] if isinstance(given[0], list) else given
    codes = [run if isinstance(run, bytes) else run.original_bytes for run in runs
             if isinstance(run, ByteStringObject | TextStringObject)]
    return sum(1 for code in codes for at in range(0, len(code), 2) if code[at : at + 2] == b"\0\0")


@pytest.mark.parametrize("script", LINES)
def test_every_letter_can_be_read_back(printed, script):
    paper = printed(LINES[script])
    assert left_out(paper) == 0
    assert set(LINES[script]) - set(text_of(paper)) - {" "} == set()


@pytest.mark.parametrize("script", JOINED)
def test_letters_that_join_are_all_drawn(printed, script):
    assert left_out(printed(JOINED[script])) == 0


def test_what_no_typeface_has_would_be_noticed(printed):
    assert left_out(printed(TIBETAN)) > 0


def test_the_house_sets_it_in_its_own_typeface(printed):
    fonts = {str(font["/BaseFont"]).partition("+")[2] for page in printed("Bread").pages
             for font in page["/Resources"]["/Font"].values()}
    assert {"Literata-Regular", "Literata-SemiBold"} <= {font.partition("-Identity")[0] for font in fonts}


def test_the_typefaces_weigh_little():
    weight = sum(file.stat().st_size for folder in typefaces.folders() for file in Path(folder).rglob("*.tt?"))
    assert weight < 14_000_000
