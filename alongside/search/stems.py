"""Word stems of the organisation's languages, by PostgreSQL's own dictionaries, remembered by this process."""

import time

from django.db import connection

from alongside.lib.text import fold
from alongside.members.models import Organisation

# ISO 639-1 code → the snowball dictionary that every PostgreSQL since 15 has built in.
DICTIONARIES = {
    "ar": "arabic_stem", "ca": "catalan_stem", "da": "danish_stem", "de": "german_stem", "el": "greek_stem",
    "en": "english_stem", "es": "spanish_stem", "eu": "basque_stem", "fi": "finnish_stem", "fr": "french_stem",
    "ga": "irish_stem", "hi": "hindi_stem", "hu": "hungarian_stem", "hy": "armenian_stem", "id": "indonesian_stem",
    "it": "italian_stem", "lt": "lithuanian_stem", "nb": "norwegian_stem", "ne": "nepali_stem", "nl": "dutch_stem",
    "nn": "norwegian_stem", "no": "norwegian_stem", "pt": "portuguese_stem", "ro": "romanian_stem",
    "ru": "russian_stem", "sr": "serbian_stem", "sv": "swedish_stem", "ta": "tamil_stem", "tr": "turkish_stem",
    "yi": "yiddish_stem",
}  # fmt: skip
REMEMBERED = 200_000  # words a dictionary before this process forgets them all and begins anew
FIRST_UNSTEMMED = "\u0e00"  # from Thai on, no script has a stemmer; their words are pairs of letters

KNOWN_FOR = 30  # seconds for which a change of the organisation's languages may go unseen by another process

_ours: tuple[str, ...] = ()
_ours_until = 0.0
_remembered: dict[str, dict[str, str]] = {}


def our_dictionaries() -> tuple[str, ...]:
    """The dictionaries of the languages that the organisation's people write in, each once; known for a while."""
    global _ours, _ours_until
    if time.monotonic() > _ours_until:
        _ours, _ours_until = _read_ours(), time.monotonic() + KNOWN_FOR
    return _ours


def forget_languages() -> None:
    """Ask the organisation again at the next use."""
    global _ours_until
    _ours_until = 0.0


def _read_ours() -> tuple[str, ...]:
    ours = Organisation.ours()
    codes = [code.split("-")[0].lower() for code in (*ours.languages, ours.language)]
    return tuple(dict.fromkeys(DICTIONARIES[code] for code in codes if code in DICTIONARIES))


class Stems:
    """The stems of words in some dictionaries. Ask for many words at once (`learn`), then one by one (`of`)."""

    def __init__(self, dictionaries: tuple[str, ...] | None = None):
        self.dictionaries = our_dictionaries() if dictionaries is None else dictionaries
        self.lexemes = _Lexemes(self)

    def learn(self, words: set[str]) -> None:
        """Look up, in one query a dictionary, those of `words` (lower case, with accents) not yet known."""
        if len(self.lexemes) > REMEMBERED:
            self.lexemes.clear()
        for dictionary in self.dictionaries:
            known = _remembered.setdefault(dictionary, {})
            unknown = [word for word in words if word not in known and word < FIRST_UNSTEMMED]
            if not unknown:
                continue
            if len(known) > REMEMBERED:
                known.clear()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT word, (ts_lexize(%s::regdictionary, word))[1] FROM unnest(%s::text[]) AS word",
                    [dictionary, unknown],
                )
                known.update((word, fold(stem or "")) for word, stem in cursor.fetchall())

    def of(self, word: str) -> set[str]:
        """The stems of one word, folded; empty for a stop word and for scripts without stems."""
        stems = {_remembered.get(dictionary, {}).get(word, "") for dictionary in self.dictionaries}
        return stems - {""}


class _Lexemes(dict):
    """(A folded word, the same as written) → what stands for it in an index: the word itself, then its stems."""

    def __init__(self, stems: Stems):
        self.stems = stems

    def __missing__(self, pair: tuple[str, str]) -> tuple[str, ...]:
        word, written = pair
        found = self[pair] = (word, *sorted(self.stems.of(written) - {word}))
        return found
