"""Trials: a pack's examples, embedded in articles, must come out as the pack says.

In flows a pack. Out flow the problems, in words: an example that stays, one that goes, or a line of the
article that is lost.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from normalizer.chrome.packs import PackRule
from normalizer.chrome.strip import ChromeStage
from normalizer.edits import apply_edits

_ARTICLES = (
    (
        "Ferry returns to the island after eleven years",
        "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm.",
        "About four hundred people live there all year, and most of them came to watch the first crossing.",
        "Tickets cost half of what the fishermen used to ask, and the last boat leaves an hour before midnight.",
    ),
    (
        "У селі під Полтавою відновили столітній млин",
        "Млин на річці почав молоти зерно вперше за сорок років, і черга до нього стояла від самого ранку.",
        "Каміння для жорен привезли з Житомирщини, а колесо зробили за кресленнями, які зберігалися в музеї.",
        "Борошно продаватимуть у сусідніх школах і лікарнях, розповіла голова громади під час відкриття.",
    ),
    (
        "山あいの村で百年前の水車が動き出した",
        "山あいの村で、百年前に作られた水車が四十年ぶりに動き出し、朝早くから多くの人が川辺に集まりました。",
        "石臼は隣の県から運ばれ、木の輪は資料館に残されていた図面をもとに地元の大工が作り直したものです。",
        "ひいた粉は近くの学校と病院に届けられ、売り上げは橋の修理に使われると村長は話しています。",
    ),
)
# What stands beside an example of a run: a row that is chrome anywhere.
_ROW = "Facebook Twitter WhatsApp Telegram"
_BULLETS = ("- The first of the points is a whole sentence.", "- The second of the points is one as well.")


def problems(rules: tuple[PackRule, ...], stage: ChromeStage, name: str) -> Iterator[str]:
    """What is wrong with the examples of ``rules``, each tried in three articles."""
    for number, item in enumerate(rules, 1):
        where = f"{name}:{item.line}: rule {number} ({item.rule.family}, {item.rule.kind})"
        for place, text in item.strips:
            example = "\n".join((text, *_BULLETS)) if item.rule.kind == "label" else text
            for article in _ARTICLES:
                yield from _tried(stage, article, example, place, stays=False, where=where)
        for text in item.keeps:
            for article in _ARTICLES:
                for place in ("any", "tail"):
                    yield from _tried(stage, article, text, place, stays=True, where=where)


def _tried(
    stage: ChromeStage, article: tuple[str, ...], example: str, place: str, *, stays: bool, where: str
) -> Iterator[str]:
    lines = embedded(article, example, place)
    text = "\n".join(lines)
    left = apply_edits(text, stage.edits(text)).split("\n")
    lost = [line for line in article if line not in left]
    if lost:
        yield f"{where}: beside {example!r} at {place} a line of the article is lost: {lost[0]!r}"
    kept = [line for line in example.split("\n") if line in left]
    if stays and not kept:
        yield f"{where}: keeps {example!r}, yet it goes at {place}"
    if not stays and kept:
        yield f"{where}: strips {example!r}, yet it stays at {place}"


def embedded(article: tuple[str, ...], example: str, place: str) -> list[str]:
    """The lines of ``article`` (headline, then paragraphs) with ``example`` at ``place``."""
    title, *body = article
    inner = {"run": [_ROW, *example.split("\n"), _ROW]}.get(place, example.split("\n"))
    if place == "head":
        return [title, *inner, *body]
    if place == "tail":
        return [title, *body, *inner]
    position = random.Random(example).randint(1, len(body) - 1)  # noqa: S311  any place will do, the same each time
    return [title, *body[:position], *inner, *body[position:]]
