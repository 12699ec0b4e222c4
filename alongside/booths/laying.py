"""What may be laid on a table: any file, under its label; a picture only if a screen can draw it."""

from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.booths.models import Booth, BoothFile, Participant
from alongside.booths.sent import Nonsense
from alongside.files.dimensions import ENOUGH, dimensions
from alongside.files.models import File
from alongside.lib.spool import MEGABYTE, too_large

MEGAPIXELS = 50  # a phone's best camera; larger ones take a browser's memory before they are drawn
PURPOSE = "booth"


def bring(booth: Booth, given, *, by: Participant, in_page: bool, once: str = "") -> BoothFile:
    """Keep an uploaded file (`given`, as Django hands it over) and lay it on the table.

    Raises Nonsense with words for what cannot lie there, NotOpen, Full; then nothing is kept.
    """
    if given.size > settings.UPLOAD_LIMIT:
        raise Nonsense(too_large(settings.UPLOAD_LIMIT // MEGABYTE * MEGABYTE).words())
    known = once and booth.enclosures.filter(once=once).first()
    if known:
        return known
    file = File.keep(given, name=given.name, content_type=given.content_type or "", by=by.person, purpose=PURPOSE)
    return lay(booth, file, by=by, in_page=in_page, once=once)


def lay(booth: Booth, file: File, *, by: Participant, in_page: bool, once: str = "") -> BoothFile:
    """Lay a file on the table. Raises Nonsense with words for what cannot lie there, NotOpen, Full."""
    if file.is_picture:
        _refuse_huge(file)
    elif in_page:
        raise Nonsense(_("Only a picture can lie in the page: PNG, JPEG, GIF or WebP. Lay this among the files."))
    return BoothFile.lay(booth, file, by=by, in_page=in_page, once=once)


def _refuse_huge(file: File) -> None:
    size = dimensions(b"".join(islice(file.chunks(), ENOUGH // (256 * 1024))))
    if size is None:
        raise Nonsense(_("This says it is a picture, and cannot be read as one. Save it anew and try again."))
    pixels = size[0] * size[1]
    if pixels > MEGAPIXELS * 1_000_000:
        raise Nonsense(_("This picture has %(number)d megapixels, and most screens cannot show that. Make it smaller, "
                         "to %(most)d at most, and try again.") % {"number": pixels // 1_000_000, "most": MEGAPIXELS})
