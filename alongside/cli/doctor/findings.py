"""What a check finds: how bad, what it means, what to do."""

from dataclasses import asdict, dataclass

OK, WARN, FAIL = "ok", "warn", "fail"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: `subject` is what was looked at, `meaning` what was found, `advice` what to do."""

    level: str
    subject: str
    meaning: str
    advice: str = ""

    def line(self) -> str:
        """The finding for a terminal."""
        text = f"{self.level:<4}  {self.subject}: {self.meaning}"
        return f"{text}\n      → {self.advice}" if self.advice else text

    def as_dict(self) -> dict:
        """The finding for programs."""
        return asdict(self)


def ok(subject: str, meaning: str) -> Finding:
    """All is well."""
    return Finding(OK, subject, meaning)


def warn(subject: str, meaning: str, advice: str) -> Finding:
    """It works, and could be better."""
    return Finding(WARN, subject, meaning, advice)


def fail(subject: str, meaning: str, advice: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(FAIL, subject, meaning, advice)
