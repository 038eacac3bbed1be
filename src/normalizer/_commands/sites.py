"""``newsnorm sites learn``: what each site prints on every page, from documents of it, for review."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from normalizer.errors import ConfigError, DecodeError
from normalizer.reports.output import message

_DONE, _INCOMPLETE = 0, 3
_RECORDS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def run(options: argparse.Namespace) -> int:
    """Learn the memory of each site in the documents named; exit code 3 when some could not be used."""
    from normalizer.chrome.sites import DOCUMENTS, SiteMemory

    sites: dict[str, set[str]] = {}
    unread = 0
    for site, text in _documents(options):
        if text is None:
            unread += 1
        else:
            sites.setdefault(site, set()).add(text)
    sites = {name: sites[site] for site, name in _names(sites).items()}
    few = {site: len(texts) for site, texts in sites.items() if len(texts) < DOCUMENTS}
    refusals = [
        f"{site}: {count} different document{'s' * (count > 1)}: a site's lines show from {DOCUMENTS} on, give more"
        for site, count in few.items()
    ]
    if len(few) == len(sites):
        raise ConfigError("\n".join(refusals) or f"{', '.join(options.paths)}: no documents in there")
    targets = _targets(options.output, sorted(sites.keys() - few.keys()), replace=options.replace)
    for refusal in refusals:
        message(refusal)
    for site, path in targets.items():
        memory = SiteMemory.learn(sites[site])
        memory.save(path)
        count = len(memory.lines)
        message(f"{path}: {count} lines of {site} repeat in its {memory.documents} documents: review them")
    return _INCOMPLETE if few or unread else _DONE


def _names(sites: Iterable[str]) -> dict[str, str]:
    """What each site is called: its host, or its folder's name, with the path where two have one name."""
    names = {site: os.path.basename(site) or "site" for site in sorted(sites)}
    count = Counter(names.values())
    return {site: name if count[name] == 1 else site.strip(os.sep).replace(os.sep, ".") for site, name in names.items()}


def _targets(output: str, sites: list[str], *, replace: bool) -> dict[str, str]:
    """The file of each site: ``output`` itself where that is a JSON file, otherwise one in that folder."""
    if output.endswith(".json"):
        if len(sites) > 1:
            raise ConfigError(f"{output}: {len(sites)} sites ({', '.join(sites[:3])}): name a folder, a file each")
        targets = {sites[0]: output}
    else:
        targets = {site: os.path.join(output, f"{site}.json") for site in sites}
    standing = [path for path in targets.values() if os.path.exists(path)]
    if standing and not replace:
        raise ConfigError(f"{standing[0]}: exists, perhaps with rows deleted by hand: name another or add --replace")
    if not output.endswith(".json"):
        os.makedirs(output, exist_ok=True)
    return targets


def _documents(options: argparse.Namespace) -> Iterator[tuple[str, str | None]]:
    """The site and the repaired text of each document, ``None`` for one that cannot be read (which is told)."""
    from normalizer.config import Config
    from normalizer.pipeline import Normalizer

    repair = Normalizer(Config(profile="minimal", charset=options.charset))
    for path in _files(options.paths):
        records = path.lower().endswith(_RECORDS)
        for place, site, source in _records(path, options) if records else [(path, _folder_of(path), _read(path))]:
            if not source:
                if source is None:
                    message(f"{place}: no text under {options.text_column!r} in it: name the field, --text-column")
                    yield site, None
                continue
            try:
                yield site, repair(source).text
            except DecodeError as error:
                message(f"{place}: {error}")
                yield site, None


def _files(paths: list[str]) -> Iterator[str]:
    from pathlib import Path

    from normalizer.batch.formats import kind_of
    from normalizer.corpora.inputs import walk

    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise ConfigError("\n".join(f"{path}: no such file or folder: check the spelling" for path in missing))
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for entry in walk(Path(path)):
            if kind_of(entry.name) in ("text", "markdown") or entry.name.lower().endswith(_RECORDS):
                yield entry.path


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _records(path: str, options: argparse.Namespace) -> Iterator[tuple[str, str, str | None]]:
    """Place, site and text of each JSON record; the site is the host of its address, else the name of the file."""
    import gzip
    import json
    from urllib.parse import urlsplit

    name = os.path.basename(path).lower()
    stem = next(name.removesuffix(suffix) for suffix in reversed(_RECORDS) if name.endswith(suffix))
    with gzip.open(path) if name.endswith(".gz") else open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig"))
                address = str(record.get(options.url_column) or "") if isinstance(record, dict) else ""
                host = urlsplit(address if "//" in address else f"//{address}").hostname
            except (ValueError, EOFError) as error:
                raise ConfigError(f"{path}:{number}: not a JSON record in UTF-8: {error}") from error
            text = record.get(options.text_column) if isinstance(record, dict) else None
            yield f"{path}:{number}", (host or stem).removeprefix("www."), text if isinstance(text, str) else None


def _folder_of(path: str) -> str:
    """The site of a file of its own: the folder that it stands in."""
    return os.path.dirname(os.path.realpath(path))
