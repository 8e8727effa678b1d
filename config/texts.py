"""From a file's bytes to its text, whatever program wrote it."""

import codecs

from config.faults import Faults

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(file: str, content: bytes, faults: Faults) -> str:
    """The text: UTF-8, UTF-16 with its mark, or else Windows-1252, which is a warning."""
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.warning(
            file,
            line,
            "this file is not UTF-8; it was read as Windows-1252, so look at accents and pound signs, "
            "or save it again as UTF-8",
        )
        return content.decode("cp1252", errors="replace")
