"""The kinds of kindness as data: what is done, for which moods it is good, and how long it rests before it is fresh."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.moments.moods import AGITATED, BRIGHT, CALM, LOW, TIRED

OWN = "own"  # in words of the member's own


@dataclass(frozen=True)
class MomentKind:
    """`label` is what was done, `idea` what could be; `fits` are moods (none: all), `rests` days until it is fresh."""

    id: str
    label: object
    idea: object
    fits: frozenset[str] = frozenset()
    rests: int = 14


HEAVY = frozenset({TIRED, LOW, AGITATED})
LIGHT = frozenset({BRIGHT, CALM})

KINDS = (
    MomentKind("greeted", _("Greeted by name"), _("Say their name before anything else"), rests=1),
    MomentKind("smile", _("A smile on the bag"), _("Draw a smile on the bag"), rests=21),
    MomentKind("carried", _("Carried it to their seat"), _("Carry it to their seat"), HEAVY, 14),
    MomentKind("peace", _("Left in peace"), _("Ask nothing else before the first sip"), HEAVY, 3),
    MomentKind("asked_after", _("Asked after what they told us"), _("Ask after what they told us last time"), LIGHT, 7),
    MomentKind("unhurried", _("Made time"), _("Make time, and let nobody hurry them"), frozenset({AGITATED, LOW}), 7),
    MomentKind("extra", _("A little extra"), _("Add a little extra, unasked"), rests=30),
    MomentKind("kept_back", _("Kept something back"), _("Keep their favourite back for next time"), rests=30),
    MomentKind("showed", _("Showed how it is made"), _("Show how it is made"), LIGHT, 45),
    MomentKind("introduced", _("Introduced to someone"), _("Introduce them to someone they would like"),
               frozenset({BRIGHT}), 60),
    MomentKind("thanked", _("Thanked for coming back"), _("Thank them for coming back"), LIGHT, 60),
)
BY_ID = {kind.id: kind for kind in KINDS}
