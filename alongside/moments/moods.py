"""The five moods that are noted with one tap, each with a word and a drawing."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

BRIGHT, CALM, TIRED, LOW, AGITATED = "bright", "calm", "tired", "low", "agitated"


@dataclass(frozen=True)
class MoodKind:
    """A mood: its id, its word, and the name of its drawing."""

    id: str
    label: object
    icon: str


MOODS = (
    MoodKind(BRIGHT, _("Bright"), "day"),
    MoodKind(CALM, _("Calm"), "mood-calm"),
    MoodKind(TIRED, _("Tired"), "snooze"),
    MoodKind(LOW, _("Low"), "mood-low"),
    MoodKind(AGITATED, _("Agitated"), "mood-agitated"),
)
BY_ID = {mood.id: mood for mood in MOODS}
NEED_MORE = frozenset({TIRED, LOW, AGITATED})  # who comes in so gets more, not less
