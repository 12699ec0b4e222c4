"""Makes the PDF of a record, in a child process: fonts, pictures and words of strangers never meet a serving thread.

Only text and paths inside the folder go in; the layout's language (typst) may read nothing else and fetch nothing.
"""

import json
import tempfile
from pathlib import Path

LAYOUT = Path(__file__).with_name("record.typ")


def printed(record: dict, pictures: dict[str, bytes], sketch: str | None, fonts: list[str]) -> bytes:
    """The PDF (tagged, for screen readers). `record` is what `renderings` makes, `pictures` bytes by name.

    `fonts` are folders with typefaces; the machine's own are left alone. Called in a child. Where a picture cannot be
    drawn, all are left out. Raises ValueError when nothing could be laid out.
    """
    import typst

    try:
        return _laid_out(record, pictures, sketch, fonts)
    except typst.TypstError:
        try:
            return _laid_out(record, {}, None, fonts)
        except typst.TypstError as error:
            raise ValueError(f"the record could not be laid out: {error}") from error


def _laid_out(record: dict, pictures: dict[str, bytes], sketch: str | None, fonts: list[str]) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="alongside-record-") as folder:
        root = Path(folder)
        (root / LAYOUT.name).write_text(LAYOUT.read_text(encoding="utf-8"), encoding="utf-8")
        for name, content in pictures.items():
            (root / Path(name).name).write_bytes(content)
        if sketch is not None:
            (root / "sketch.svg").write_text(sketch, encoding="utf-8")
        told = {**record, "sketch": sketch is not None, "pictures": sorted(pictures)}
        (root / "record.json").write_text(json.dumps(told), encoding="utf-8")
        return typst.compile(root / LAYOUT.name, root=root, font_paths=[Path(path) for path in fonts],
                             ignore_system_fonts=True, format="pdf")
