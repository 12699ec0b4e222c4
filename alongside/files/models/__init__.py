"""What other rooms use of this one: files, and the port through which they say which of them are in use."""

from alongside.files.models.blob import Blob, Chunk, sweep_blobs
from alongside.files.models.file import File
from alongside.files.models.in_use import drop_files, in_use, sweep_files

__all__ = ["Blob", "Chunk", "File", "drop_files", "in_use", "sweep_blobs", "sweep_files"]
