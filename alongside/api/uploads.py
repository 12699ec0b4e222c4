"""The body of a request that is a file: taken aside in pieces, bounded by disk and not by memory."""

import hashlib
import tempfile
from contextlib import contextmanager

from django.conf import settings

from alongside.api.problems import Problem

PATH = "/api/v1/files"
PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes; more goes to disk


class Upload:
    """What was sent: `file`, open at its beginning, its `size`, and its SHA-256 as `digest`."""

    def __init__(self, request, file):
        """Read the body. Raises the problem 413 for more than one file may have."""
        self.file, self.size, digest = file, 0, hashlib.sha256()
        while piece := request.read(PIECE):
            self.size += len(piece)
            if self.size > settings.UPLOAD_LIMIT:
                raise Problem(413, detail=f"A file has at most {settings.UPLOAD_LIMIT} bytes.")
            digest.update(piece)
            self.file.write(piece)
        self.file.seek(0)
        self.digest = digest.digest()


@contextmanager
def taken_in(request):
    """Read the body before anything begins, so that one that is too large is refused: a file's into `upload`."""
    request.upload = None
    if request.method != "POST" or request.path_info != PATH:
        request.body  # noqa: B018  Django keeps it
        yield
    elif request.api_key is None:  # nobody's file is read
        yield
    else:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            request.upload = Upload(request, file)
            yield
