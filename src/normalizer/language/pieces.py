"""Pieces: the words of a paragraph by script, and how much each script has to say in it.

In flows a paragraph. Out flows a :class:`Piece`: its words in lower case by script, the number of letters of each,
and what they weigh where scripts compete for the paragraph: names stand in texts of all scripts, so what is written
like a name says little about the script of the sentence around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from normalizer.language.scripts import count_scripts, dominant, letter_script

# A paragraph votes with its letters, with all their weight only from so many letters on.
FULL_PARAGRAPH = 80
# A syllable or an ideograph says as much as two letters.
_DENSE = frozenset({"Hang", "Hani", "Jpan"})
# What a letter weighs where scripts compete: in small words and in names (words with capitals) of Latin script, and
# of the others, which are seldom found in Latin text, while Latin is found in all; in scripts without capitals nothing
# tells names from words. In brackets a name is given in the letters that it has at home.
_LATIN, _LATIN_NAME, _OTHER, _OTHER_NAME, _CASELESS, _IDEOGRAPH, _BRACKETED = 6, 1, 14, 4, 9, 6, 1
# What a letter weighs beside paragraphs in other scripts: in Devanagari the vowel signs, half of what is written, are
# no letters, and a character of Chinese is a word.
_TERSE = {"Deva": 2, "Hani": 2}
_WITH_NAMES = frozenset({"Cyrl", "Latn"})
_CASED = frozenset({"Armn", "Cyrl", "Grek"})
# Of a short text, so many of whose words are repeated, each word is heard once ("la la la").
_REPEATED_LETTERS, _REPEATED = 60, 2

_WORDS = re.compile(r"[^\W\d_]+")
_SIGNED_WORDS = re.compile(r"[\u0900-\u097f]+")  # in Devanagari a word holds vowel signs, which are no letters
_BRACKETS = re.compile(r"[(\[（][^()\[\]（）\r\n]{1,80}[)\]）]")
_RUNS = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")

_WITHOUT = 12  # fewer characters without the acronyms, and they stay
_CAPITALS = re.compile(r"[A-Z][A-Z]")
_ACRONYMS = re.compile(r"\b[A-Z]{2,5}\b")
_TATWEEL = "\N{ARABIC TATWEEL}"
_ODD_FORMS = re.compile(r"[\u0400-\u04ff\u0640\ufb50-\ufdff\ufe70-\ufefc\uff21-\uff5a]")  # what has one of both
_FORMS = re.compile(r"[\u0640\ufb50-\ufdff\ufe70-\ufefc\uff21-\uff5a]")
_LOOKALIKE = re.compile(r"(?<=[\u0400-\u04ff])[aceiopxy]|[aceiopxy](?=[\u0400-\u04ff])")
_CYRILLIC = dict(zip("aceiopxy", "асеіорху", strict=True))


class Piece:
    """A paragraph: its words in lower case by script."""

    __slots__ = ("_original", "letters", "scripts", "text", "words")

    def __init__(self, text: str) -> None:
        self._original = text
        if text.isascii():
            self.text = _without_acronyms(text).lower()
            words = _WORDS.findall(self.text)
            self.words = {"Latn": words} if words else {}
            self.letters = sum(map(len, words))
            self.scripts = {"Latn": self.letters} if words else {}
            return
        self.text = _folded(text)
        self.words = {}
        run_on = _RUNS.search(self.text)
        for word in _WORDS.findall(_RUNS.sub(r" \g<0> ", self.text) if run_on else self.text):
            script = letter_script(word[0])
            if script in self.words:
                self.words[script].append(word)
            else:
                self.words[script] = [word]
        self.scripts = {script: sum(map(len, words)) for script, words in self.words.items() if script}
        if run_on:
            self._part_runs()
        self.letters = sum(self.scripts.values())

    def _part_runs(self) -> None:
        """East Asian words run on, across scripts: they are counted by character."""
        runs = "".join(_RUNS.findall(self.text))
        script = dominant(count_scripts(runs))
        self.words["Hani"] = list(runs)
        for name in ("Hani", "Hira", "Kana"):
            self.scripts.pop(name, None)
        if script in _DENSE:
            self.scripts[script] = 2 * len(runs)

    def count(self, script: str) -> int:
        """The number of words of one script; of ideographs that of the characters."""
        return len(self.words.get(script, ()))

    def words_in(self, script: str) -> tuple[list[str], list[str]]:
        """The words of one script, vowel signs included, and apart from them those that are written like names."""
        if script == "Deva":
            return _SIGNED_WORDS.findall(self.text), []
        words = self.words.get(script, [])
        if script not in _WITH_NAMES:
            return words, []
        if self.letters < _REPEATED_LETTERS:
            words = list(dict.fromkeys(words))
        names = {word.lower() for word in _WORDS.findall(self._original) if not word.islower()}
        if not names:
            return words, []
        return [word for word in words if word not in names], [word for word in words if word in names]

    @property
    def weight(self) -> int:
        """Up to ``FULL_PARAGRAPH``, so that short lines count for less than their letters."""
        return min(self.letters, FULL_PARAGRAPH)

    def voices(self) -> dict[str, int]:
        """What each script has to say, by its letters and whether they are in names."""
        if len(self.scripts) < 2:
            return {script: count * _LATIN * _TERSE.get(script, 1) for script, count in self.scripts.items()}
        names = self._name_letters()
        bracketed = self._bracketed_letters()
        voices = {}
        for script, count in self.scripts.items():
            if script == "Latn":
                voices[script] = (count - names[script]) * _LATIN + names[script] * _LATIN_NAME
            elif script in _CASED:
                voices[script] = (count - names[script]) * _OTHER + names[script] * _OTHER_NAME
            else:
                voices[script] = count * (_IDEOGRAPH if script == "Hani" else _CASELESS)
            within = min(bracketed[script], count)
            voices[script] -= within * (voices[script] // count - _BRACKETED)
        return voices

    def _bracketed_letters(self) -> Counter[str]:
        """The letters of each script that stand in brackets, among no letters of another script."""
        bracketed: Counter[str] = Counter()
        for span in _BRACKETS.findall(self.text):
            scripts = count_scripts(span)
            if len(scripts) == 1:
                bracketed += scripts
        return bracketed

    def _name_letters(self) -> dict[str, int]:
        """The letters of words with capitals; a first word has its capital from the sentence, but is often a brand.
        In a text of capitals they say nothing.
        """
        names = dict.fromkeys(self.scripts, 0)
        if self._original.isupper():
            return names
        for place, word in enumerate(_WORDS.findall(unicodedata.normalize("NFC", self._original))):
            script = letter_script(word[0])
            tail = word if place or script == "Latn" else word[1:]
            if script in names and tail != tail.lower():
                names[script] += len(word)
        return {script: min(count, self.scripts[script]) for script, count in names.items()}


def _without_acronyms(text: str) -> str:
    """``text`` without its Latin acronyms, which are those of all languages, unless little else is left."""
    if not _CAPITALS.search(text):
        return text
    rest = _ACRONYMS.sub(" ", text)
    return rest if len(rest.strip()) >= max(_WITHOUT, len(text) // 2) and not rest.isupper() else text


def _folded(text: str) -> str:
    """``text`` in lower case and composed, in the letters that the tables know: plain Latin for full-width, Arabic
    without its presentation forms and stretching, Latin look-alikes in Cyrillic words as Cyrillic.
    """
    text = unicodedata.normalize("NFC", _without_acronyms(text)).lower()
    if not _ODD_FORMS.search(text):
        return text
    if _FORMS.search(text):
        text = unicodedata.normalize("NFKC", text).replace(_TATWEEL, "")
    return _LOOKALIKE.sub(lambda match: _CYRILLIC[match.group()], text) if _LOOKALIKE.search(text) else text
