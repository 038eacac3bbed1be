"""Chrome: what is removed and what is lost, on labelled documents, beside simple peers; and speed on clean text.

    python -m benchmarks chrome [--data FILE.jsonl.gz] [--families] [--languages]

Without ``--data`` the documents are chrome_documents.json and chrome_pages.json of tests/cases. A row of a data file is
a document: ``site``, ``lang``, ``kind`` (who extracted it), ``lines`` with ``text`` and ``label`` (content, chrome,
others are shown and not scored). Printed are each method beside simple peers, F1 of each extractor's text alone and
with this stage, the curve of loss over the pieces of evidence that a drop needs, and site memory.

    loss    share of content tokens that are gone         purity  share of what is gone that was chrome
    tokens  share of chrome tokens removed                lines   share of chrome lines removed whole
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import ftfy

from benchmarks._chrome_scores import HERE, Document, Editor, Score, add, documents
from benchmarks._chrome_sites import site_memory
from normalizer.chrome import ChromeStage
from normalizer.chrome.judge import Judge
from normalizer.edits import Edit


def c4(text: str) -> list[Edit]:
    """The line rules of C4 (Raffel et al. 2020): a line ends as a sentence and has five words or more."""
    return _lines(text, lambda line: not line.rstrip().endswith((".", "!", "?", '"')) or len(line.split()) < 5)


KEYWORDS = "cookie newsletter subscribe advertisement copyright comments share facebook twitter related login".split()  # noqa: SIM905


def keywords(text: str) -> list[Edit]:
    """A list of English words, the filter that every pipeline starts with."""
    return _lines(text, lambda line: any(word in line.lower() for word in KEYWORDS))


def _lines(text: str, drop: Callable[[str], bool]) -> list[Edit]:
    edits, start = [], 0
    for line in text.split("\n"):
        if line and drop(line):
            edits.append(Edit(start, start + len(line), line, "", ("peer",)))
        start += len(line) + 1
    return edits


METHODS: dict[str, Editor] = {
    "C4 line rules": c4,
    "keyword list": keywords,
    "newsnorm standard": ChromeStage(lambda rule: rule != "chrome.key-points").edits,
    "newsnorm body": ChromeStage(lambda _: True).edits,
    "newsnorm aggressive": ChromeStage(lambda _: True, aggressive=True).edits,
}


_Groups = defaultdict[tuple[str, str], Score]


def quality(rows: list[Document], *, families: bool, languages: bool) -> None:
    extractors: dict[str, list[str]] = {}
    for name, edit in METHODS.items():
        total, groups = Score(), _Groups(Score)
        for row in rows:
            for score in (total, groups["language", row["lang"]], groups["kind", row["kind"]]):
                add(score, row, edit)
        print(total.row(name))
        by_language = {key: s for (what, key), s in groups.items() if what == "language" and s.content}
        worst = max(by_language, key=lambda key: by_language[key].lost / by_language[key].content)
        mean = sum(score.lost / score.content for score in by_language.values()) / len(by_language)
        most = by_language[worst].lost / by_language[worst].content
        print(f"{'':26}  loss: mean over {len(by_language)} languages {mean:.2%}, worst {most:.2%} ({worst})")
        for (what, key), score in sorted(groups.items()):
            if what == "kind":
                before, after = score.f1()
                extractors.setdefault(key, [f"alone {before:.2%}"]).append(f"{name} {after:.2%}")
            elif languages and "newsnorm" in name:
                print(score.row(f"  {key}"))
        if families and "newsnorm" in name:
            for rule in sorted({rule for rule, _ in total.families}):
                good, bad = total.families[rule, "chrome"], total.families[rule, "content"]
                print(f"{'':26}  {rule:28} chrome tokens {good:6}  content tokens {bad:6}")
    for key, cells in extractors.items():
        print(f"F1 of {key:22} " + ", ".join(cells))


def curve(rows: list[Document]) -> None:
    """Loss and yield when a drop needs one piece of evidence (``aggressive``), two (``standard``), three or four."""
    enough = Judge.enough
    for pieces in (1, 2, 3, 4):
        edit = METHODS["newsnorm aggressive" if pieces == 1 else "newsnorm body"]
        if pieces > 2:
            Judge.enough = lambda _, finding, least=pieces: len(finding.signals) >= least  # type: ignore[method-assign,misc]
        total = Score()
        for row in rows:
            add(total, row, edit)
        Judge.enough = enough  # type: ignore[method-assign]
        print(total.row(f"evidence: {pieces} or more"))


def stories(pages: list[Document], edit: Editor) -> list[str]:
    """What the pages of one extractor say, without their chrome, where nothing is left to do."""
    kind = min((page["kind"] for page in pages if page["kind"] != "raw"), default="")
    told = [
        "\n\n".join(line["text"] for line in page["lines"] if line["label"] == "content")
        for page in pages
        if page["kind"] == kind
    ]
    return [text for text in told if len(text) > STORY and not edit(text)]


def speed(pages: list[Document]) -> None:
    """Characters a second on clean text, short documents and long ones, beside ftfy in the same run."""
    gc.freeze()  # or each collection would look through all the documents in memory, for whoever runs
    edit = METHODS["newsnorm standard"]
    clean = [path.read_text(encoding="utf-8") for path in sorted((HERE / "fixtures/expected/body").glob("*.txt"))]
    untouched = [text for text in clean if not edit(text)]
    careful = ftfy.TextFixerConfig(
        unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False
    )
    peers: dict[str, Callable[[str], object]] = {
        "newsnorm standard": edit,
        "ftfy.fix_text": ftfy.fix_text,
        "ftfy.fix_text, careful": partial(ftfy.fix_text, config=careful),
    }
    prose = ["\n".join(line for line in text.split("\n") if len(line) > PROSE) for text in untouched]
    long = ["\n".join(text for text in prose[start::5] if text) for start in range(5)]
    kinds = {
        "articles made as traps": untouched * 8,
        "their paragraphs": [text for text in prose if text] * 8,
        "articles of paragraphs of many": [text for text in long if not edit(text)] * 8,
        "the stories of the documents": stories(pages, edit),
    }
    for kind, texts in kinds.items():
        rates = {name: max(_rate(work, texts) for _ in range(3)) for name, work in peers.items()}
        for name, rate in rates.items():
            times = rates["newsnorm standard"] / rate
            print(f"{name:26}  {rate:7.1f} million characters/s on {kind}; newsnorm is {times:.1f} times as fast")


# Lines of more characters are paragraphs, texts of more are stories.
PROSE, STORY = 80, 400


def _rate(work: Callable[[str], object], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        work(text)
    return sum(map(len, texts)) / (time.process_time() - started) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="labelled documents, gzipped JSON lines")
    parser.add_argument("--families", action="store_true", help="tokens removed by each rule")
    parser.add_argument("--languages", action="store_true", help="the figures of each language")
    options = parser.parse_args()
    pages = list(documents(options.data))
    rows = [row for row in pages if row["kind"] != "raw"]
    quality(rows, families=options.families, languages=options.languages)
    curve(rows)
    site_memory(pages)
    speed(pages)


if __name__ == "__main__":
    main()
