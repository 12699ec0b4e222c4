"""The port for rooms that want to know that a member opened a booth."""

from alongside.lib.looked import Looked

looked = Looked()
