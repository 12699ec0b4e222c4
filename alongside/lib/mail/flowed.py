"""Text that a mail program broke into lines as `format=flowed` (RFC 3676), as the paragraphs it was."""


def unflow(text: str, delsp: bool = False) -> str:
    """Join lines that end in a blank with the next one of the same quoting; the signature's `-- ` stays."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        if open_depth == depth and bare != "-- ":
            out[-1] += bare
        else:
            out.append((">" * depth + " " + bare) if depth else bare)
        if flows and delsp:
            out[-1] = out[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(line.rstrip(" ") if line != "-- " else line for line in out)
