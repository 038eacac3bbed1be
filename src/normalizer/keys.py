"""Search keys: one stable ASCII key for matching, whatever the script, accents or typography."""

from __future__ import annotations

import unicodedata


def search_key(text: str, language: str | None = None) -> str:
    """``text`` casefolded, in compatibility decomposition, without marks, as ASCII words parted by one space."""
    from unidecode import unidecode

    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = "".join(unidecode(char) if char.isalnum() else " " for char in plain).casefold()
    return " ".join(plain.split())
