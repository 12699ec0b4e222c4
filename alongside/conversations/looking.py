"""The port for rooms that want to know that a member opened a conversation."""

from alongside.lib.looked import Looked

looked = Looked()
