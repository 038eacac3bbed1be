"""Evidence: what the letters of a text say about its language, as integers.

In flows text. Out flows a :class:`Verdict`: the best language, how far it leads (in tenths of a nat of
log-likelihood) and over how many letters. Quoted speech is left aside where enough text stands outside it,
and paragraphs vote by their length, so that neither a quote nor a page's furniture decides.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from normalizer.language.code import without_code
from normalizer.language.doubt import ASKED, calm, strain, told_beside, told_by_alphabet
from normalizer.language.near import framed_by_words, tipped_by_words, told_by_words
from normalizer.language.pieces import Piece
from normalizer.language.quotes import quoted_spans
from normalizer.language.scripts import SETTLED, script_of
from normalizer.language.syntax import is_code
from normalizer.language.tables import Effort, Reading, Table, load

UNSURE = "und"
TABLES = frozenset({"Arab", "Cyrl", "Deva", "Hani", "Latn"})

# So many letters outside quotations, or such a lead (tenths of a nat), are enough to leave the quotations aside, unless
# two languages are level there; so few are enough to tell the script ("He said:").
_OUTSIDE_LETTERS, _OUTSIDE_LEAD, _OUTSIDE_LEVEL, _FRAME_LETTERS = 30, 60, 15, 8
# Of a longer text, evenly spread windows are read: accuracy on pages of news is the same with twice as much.
_WINDOWS, _WINDOW = 12, 160
# Words are read in rounds of about so many letters until one language leads by this (tenths of a nat). On the
# development data the answers are the same as when all words are read, at a third of the time.
_ROUND_LETTERS, _CLEAR_LEAD = 32, 100
# So many letters of words that are not written like names, with such a lead, and the names are not read.
_PLAIN_LETTERS, _PLAIN_LEAD = 10, 80
# Where they are read they count for half, unless there are hardly any other letters: of 195 headlines of the
# development data that were taken for another language, 19 had been so for a foreign name alone.
_NAME_SHARE, _FEW_LETTERS = 2, 4
# A lead that the language of the text around has in advance: an unlike language overcomes it in a few words.
_EXPECTED = 60
_OTHER_FRAME = 20  # the most lead where the few words around a quotation look like another language than it does
_MOST_PRIOR = 160  # no two languages are further apart in advance than this, an expected and a rare one
_MOST_VOTES = 3  # paragraphs together say no more than so many, that agree, would
_SHORT_WORDS = 2  # in no more the language's own weight is another
# A name by itself, of so many words, stands in texts of all languages: it needs such a lead (tenths of a nat); with a
# smaller one a third of the development data's were right.
_NAME_WORDS, _NAME_LEAD = 3, 30
# Fewer letters than this are an initial or an abbreviation of any language, but in an ideograph.
_FEWEST_LETTERS = 3
# The lead (tenths of a nat) of a language that its alphabet tells where no table has it, and in how many letters; also
# of one that is told from its neighbour by words.
_TOLD, _ALPHABET_LETTERS = 50, 20
_STRAIN_OF_WORDS = 120  # one odd word strains more than a sentence may
_TIPPED = 150  # with a smaller lead the words of the two languages are looked at, where they are close to each other

# Names of species, genus and epithet, and the lead of another language in how many letters beside them.
_SPECIES = re.compile(r"\b[A-Z][a-z]{3,}[ ][a-z]{3,}(?:us|a|um|is|ae|ii|e|es|ys|ans|ens|i)\b")
_SPECIES_LEAD, _SPECIES_LETTERS = 60, 15

_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s»”“\"]+|[^\s«„“\"@]{1,64}@[^\s»”“\"@]{1,99}")
_WORDS = re.compile(r"[^\W\d_]+")
_NO_NAME = re.compile(r"[\d.:;!?]")
_LINES = re.compile(r"[\r\n]+")
_STRUCTURE = re.compile(r"[\r\n\"«»„“”‘‚‹›「『《]|<<|>>|,,|``|(?<![^\W_])['’](?=[^\W_])|(?<=[\u2e80-\uffff])'")


class Verdict(NamedTuple):
    """``code`` (``und`` where nothing speaks), its ``lead`` in tenths of a nat over the next language, the
    ``script``, the number of its ``letters``, the best language's ``misfit``, its penalty over the letters that were
    ``read`` (in each paragraph that of its own best language), and the next language, its ``rival``.
    """

    code: str
    lead: int
    script: str
    letters: int
    misfit: int = 0
    read: int = 0
    rival: str = ""

    @property
    def strain(self) -> int:
        """The misfit in hundredths of what it may be; more, and the letters are no known language's."""
        return strain(self.script, self.misfit, self.read)


def judge(text: str, expected: str | None = None) -> Verdict:
    """The verdict on a text of any length; its cost is bounded by the sample that is read.

    ``expected`` is the language of the text around: it is preferred where little speaks against it.
    """
    text = _sample(text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESSES.sub(" ", text)
    if is_code(text):
        return Verdict(UNSURE, 0, script_of(text), 0)
    text = without_code(text)
    if not _STRUCTURE.search(text):
        return _sound(_judge([Piece(text)], expected), text)
    return _sound(_judge_around_quotes(text, expected), text)


def _judge_around_quotes(text: str, expected: str | None) -> Verdict:
    """The verdict on what stands outside quotations; they help where that is too little to be told."""
    around = _outside(text)
    frame = _lines(around)
    outside = _judge(frame, expected)
    if outside.lead >= (_OUTSIDE_LEVEL if outside.letters >= _OUTSIDE_LETTERS else _OUTSIDE_LEAD):
        return outside
    is_level = outside.letters >= _OUTSIDE_LETTERS
    everything = _judge(_lines(text), expected if is_level else expected or outside.code)
    if framed_by_words(outside.code, everything.code, around) > 0:
        return outside
    if outside.letters < _FRAME_LETTERS or outside.code == everything.code:
        return everything
    if outside.script != everything.script:
        return outside
    has_words = any(map(str.islower, _WORDS.findall(around)))  # a name alone may be that of any language
    if has_words and _judge(frame, everything.code).code != everything.code:
        return outside
    return everything._replace(lead=min(everything.lead, _OTHER_FRAME))


def _lines(text: str) -> list[Piece]:
    return [Piece(line) for line in _LINES.split(text) if line]


def _sound(verdict: Verdict, text: str) -> Verdict:
    """The verdict, or another where the text is code, its letters fit no language, or tell one without a table."""
    if verdict.script in SETTLED:
        code = told_beside(verdict.script, text)
        return verdict._replace(code=code) if code else verdict
    if verdict.script == "Hani" or verdict.code == UNSURE:
        return verdict
    if verdict.letters < _FEWEST_LETTERS:
        return verdict._replace(code=UNSURE, lead=0)
    if verdict.code == "la":
        verdict = _without_species(verdict, text)
    if verdict.lead < _TIPPED:
        verdict = _tipped(verdict, text)
    if verdict.lead < _NAME_LEAD and _is_name(text):
        return verdict._replace(code=UNSURE, lead=0)
    if verdict.strain < ASKED:
        near = told_by_words(verdict.code, text)
        return verdict._replace(code=near, lead=max(verdict.lead, _TOLD)) if near else verdict
    code = told_by_alphabet(verdict.script, text.lower()) if verdict.read >= _ALPHABET_LETTERS else ""
    if code:
        return verdict._replace(code=code, lead=_TOLD, misfit=0)
    limit = _STRAIN_OF_WORDS if len(_WORDS.findall(text)) <= _SHORT_WORDS else 100
    return verdict if verdict.strain <= limit else verdict._replace(code=UNSURE, lead=0)


def _without_species(verdict: Verdict, text: str) -> Verdict:
    """The verdict on what is left without names of species, which are Latin in text of all languages."""
    rest, count = _SPECIES.subn(" ", text)
    other = _judge([Piece(rest)], None) if count else verdict
    is_told = other.lead >= _SPECIES_LEAD and other.letters >= _SPECIES_LETTERS and other.strain < ASKED
    return other if is_told and other.script == "Latn" else verdict


def _tipped(verdict: Verdict, text: str) -> Verdict:
    """The verdict where two languages that are close to each other are nearly level, by their own words."""
    lead = verdict.lead + tipped_by_words(verdict.code, verdict.rival, text)
    if lead >= 0:
        return verdict._replace(lead=lead)
    return verdict._replace(code=verdict.rival, lead=-lead, rival=verdict.code)


def _is_name(text: str) -> bool:
    """Whether a text is a name and nothing else: a few words, each with a capital."""
    words = _WORDS.findall(text)
    return len(words) <= _NAME_WORDS and all(map(str.istitle, words)) and not _NO_NAME.search(text)


def _outside(text: str) -> str:
    """``text`` with a full stop for each quotation."""
    parts, position = [], 0
    for start, end in quoted_spans(text):
        parts.append(text[position:start])
        position = end
    return " . ".join([*parts, text[position:]])


def _sample(text: str) -> str:
    """``text``, or where it is long windows of it, evenly spread and cut between words."""
    if len(text) <= _WINDOWS * _WINDOW:
        return text
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    starts = (text.find(" ", start, start + _WINDOW // 4) + 1 or start for start in range(0, step * _WINDOWS, step))
    return "\n".join(
        text[start : start + _WINDOW].rpartition(" ")[0] or text[start : start + _WINDOW] for start in starts
    )


def _judge(pieces: list[Piece], expected: str | None) -> Verdict:
    voices: Counter[str] = Counter()
    for piece in pieces:
        for script, voice in piece.voices().items():
            voices[script] += voice * piece.weight
    if not voices:
        return Verdict(UNSURE, 0, "Zyyy", 0)
    script = min(voices, key=lambda name: (-voices[name], name))
    letters = sum(piece.scripts.get(script, 0) for piece in pieces)
    if script in SETTLED:
        return Verdict(SETTLED[script], _EXPECTED + 10 * letters, script, letters)
    if script not in TABLES:
        return Verdict(UNSURE, 0, script, letters)
    table = load(script)
    is_short = len(pieces) == 1 and pieces[0].count(script) <= _SHORT_WORDS
    costs = table.short if is_short else table.prior
    prior = [cost - _EXPECTED * (code == expected) for code, cost in zip(table.languages, costs, strict=True)]
    if len(pieces) == 1:
        reading = _read(table, prior, pieces[0], script)
        return _best(table, reading, prior, script, letters)
    return _elect(pieces, table, prior, script, letters)


def _elect(pieces: list[Piece], table: Table, prior: list[int], script: str, letters: int) -> Verdict:
    """The verdict of several paragraphs, each with a vote. The weightiest vote first, until the rest cannot matter."""
    votes, totals, read, misfit = [0] * len(prior), prior, 0, 0
    ballots = [(piece.scripts[script] * piece.weight, piece) for piece in pieces if script in piece.scripts]
    ballots.sort(key=lambda ballot: -ballot[0])
    rest = sum(say for say, _ in ballots)
    # The weightiest line counts in full against the prior, as it would by itself, and the others beside it.
    scale = max(ballots[0][0], rest // _MOST_VOTES)
    for say, piece in ballots:
        penalties, count = _read(table, [0] * len(prior), piece, script)
        least = min(penalties)
        read, misfit, rest = read + count, misfit + least, rest - say
        totals = [total + penalty for total, penalty in zip(totals, penalties, strict=True)]
        ceiling = least + _CLEAR_LEAD
        votes = [
            vote + say * (penalty if penalty < ceiling else ceiling)  # noqa: FURB136, a call a language is slow
            for vote, penalty in zip(votes, penalties, strict=True)
        ]
        best, second = sorted(votes)[:2]
        if second - best > rest * _CLEAR_LEAD + scale * _MOST_PRIOR:
            break
    final = [vote // scale + cost for vote, cost in zip(votes, prior, strict=True)]
    elected = _best(table, Reading(final, read), prior, script, letters)
    return _with_all_letters(elected._replace(misfit=misfit), table, totals)


def _read(table: Table, prior: list[int], piece: Piece, script: str) -> Reading:
    """What the words of a paragraph say; names, which are those of all languages, only where the others do not tell."""
    words, names = piece.words_in(script)
    reading = table.read(words, prior, _effort(words, script))
    if not names:
        return reading
    if reading.letters >= _PLAIN_LETTERS:
        least, second = sorted(reading.penalties)[:2]
        if second - least >= _PLAIN_LEAD:
            return reading
    share = _NAME_SHARE if reading.letters >= _FEW_LETTERS else 1
    effort = _effort(names, script)
    more = table.read(
        names, [share * penalty for penalty in reading.penalties], effort._replace(clear=share * effort.clear)
    )
    return Reading([penalty // share for penalty in more.penalties], reading.letters + more.letters // share)


def _effort(words: list[str], script: str) -> Effort:
    return Effort(max(1, sum(map(len, words)) // _ROUND_LETTERS), _CLEAR_LEAD, calm(script))


def _best(table: Table, reading: Reading, prior: list[int], script: str, letters: int) -> Verdict:
    """The verdict on the penalties of all languages, priors included."""
    least, second = sorted(reading.penalties)[:2]
    place = reading.penalties.index(least)
    next_place = reading.penalties.index(second, place + 1 if second == least else 0)
    return Verdict(
        table.languages[place], second - least, script, letters, least - prior[place], reading.letters,
        table.languages[next_place],
    )  # fmt: skip


def _with_all_letters(elected: Verdict, table: Table, totals: list[int]) -> Verdict:
    """The language that the paragraphs elected, with the lead that all their letters give it, if that is more."""
    place = table.languages.index(elected.code)
    own = totals[place]
    others = min(total for other, total in enumerate(totals) if other != place)
    return elected._replace(lead=max(elected.lead, others - own))
