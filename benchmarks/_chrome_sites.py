"""Site memory: what it adds, on the sites of which there are enough documents of one extractor."""

from __future__ import annotations

from collections import defaultdict

from benchmarks._chrome_scores import Document, Score, add
from normalizer.chrome import ChromeStage
from normalizer.chrome.sites import DOCUMENTS, SiteMemory

NAMES = ("standard, no memory", "memory alone", "standard + memory", "memory of whole pages")


def site_memory(pages: list[Document]) -> None:
    """Scores of ``standard``, of the memory alone and of both, learned from the texts of one extractor; and of the
    memory learned from all visible text of the pages (rows of kind ``raw``, not scored).
    """
    groups: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for page in pages:
        groups[str(page.get("site")), page["kind"]].append(page)
    memories = {key: SiteMemory.learn(map(_text, documents)) for key, documents in groups.items()}
    scores = {name: Score() for name in NAMES}
    found = {key: documents for key, documents in groups.items() if memories[key].documents >= DOCUMENTS}
    for (site, kind), documents in found.items():
        for document in documents if kind != "raw" else ():
            whole = memories.get((site, "raw"), SiteMemory())
            stages = (
                ChromeStage(_standard),
                ChromeStage(_site_only, memory=memories[site, kind]),
                ChromeStage(_standard, memory=memories[site, kind]),
                ChromeStage(_site_only, memory=whole),
            )
            for name, stage in zip(NAMES, stages, strict=True):
                add(scores[name], document, stage.edits)
    print(f"site memory: {len({site for site, _ in found})} sites with {DOCUMENTS} or more documents")
    for name, score in scores.items() if found else ():
        print(score.row(f"  {name}"))


def _text(document: Document) -> str:
    return "\n".join(line["text"] for line in document["lines"])


def _standard(rule: str) -> bool:
    return rule != "chrome.key-points"


def _site_only(rule: str) -> bool:
    return rule == "chrome.site"
