"""What goes wrong with the engine, in words an operator can act on."""


class EngineError(Exception):
    """The database cannot be used as it is; the text says why and what to do. Never shown with a traceback."""


class AlreadyOwned(EngineError):
    """Another living `alongside serve` owns the data folder."""


class NeedsUpgrade(EngineError):
    """The data folder was made by another major version of PostgreSQL."""
