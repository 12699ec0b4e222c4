"""How a command ends when it cannot do what was asked."""


class Failed(Exception):
    """The command could not do its work; the text says why and what to do. Shown without a traceback, exit code 1."""
