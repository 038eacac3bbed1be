"""``newsnorm run``: the command line of runs over corpora.

In flow arguments. Out flow a run, a report on standard error and an exit code: 0 all records normalized, 3
some were not (the rest is done), 2 usage or a folder that cannot be used.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from normalizer.corpora.driver import RunReport
    from normalizer.corpora.inputs import Input
    from normalizer.corpora.tasks import RunOptions

_FORMATS = ("jsonl", "parquet", "csv", "warc", "files")
_OUTPUTS = ("jsonl", "jsonl.gz", "jsonl.zst", "csv", "csv.gz", "csv.zst", "parquet")
_DONE, _INCOMPLETE = 0, 3
_DRY_SAMPLE = 100
_SHOWN = 10
_NAMED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``newsnorm run``, without those of rules."""
    parser.add_argument(
        "inputs", metavar="INPUT", nargs="+", help="files of records, or folders of them or of documents"
    )
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="where the shards go; the same to resume")
    group = parser.add_argument_group("records")
    group.add_argument("--text-column", metavar="NAME", default="text", help="the column to normalize (text)")
    group.add_argument("--id-column", metavar="NAME", help="the column that names a record in the edit log")
    group.add_argument("--url-column", metavar="NAME", help="the column of addresses, for the edit log")
    group.add_argument("--format", choices=_FORMATS, help="of inputs whose names do not tell, also in folders")
    group.add_argument("--delimiter", metavar="CHAR", help="of CSV (a comma; a tab for .tsv)")
    group.add_argument("--to", dest="output_format", choices=_OUTPUTS, help="the output (the format of the input)")
    group.add_argument("--prefix", metavar="TEXT", default="", help="before the names of added columns")
    group = parser.add_argument_group("run")
    group.add_argument("-j", "--workers", metavar="N", type=int, help="processes (default: one a core)")
    group.add_argument("--shard-bytes", metavar="SIZE", default="8Mi", help="input of one shard (8Mi)")
    group.add_argument("--max-bytes", metavar="SIZE", default="256Mi", help="larger documents are left alone (256Mi)")
    group.add_argument("--attempts", metavar="N", type=int, default=3, help="deaths of a worker before quarantine (3)")
    group.add_argument("--sample", metavar="N", type=int, help="only the first N records of each input")
    group.add_argument("--dry-run", action="store_true", help="say what a run would do, from a sample; write nothing")
    group.add_argument("-q", "--quiet", action="store_true", help="no progress, only what went wrong")


def main(options: argparse.Namespace) -> int:
    """Run the command; its exit code. Raises :class:`NormalizerError` for what cannot be done."""
    from pathlib import Path

    from normalizer.corpora.inputs import find_inputs

    run_options = _options(options)
    output = Path(options.output)
    passed: list[str] = []
    inputs = find_inputs(options.inputs, form=options.format, output=output, passed=passed)
    if not inputs:
        from normalizer.errors import ConfigError

        others = f"; {_passed_over(passed)}" if passed else ""
        raise ConfigError(f"{', '.join(options.inputs)}: no records and no documents in there{others}")
    if passed:
        _say(_passed_over(passed))
    _need(inputs, run_options)
    if options.dry_run:
        return _dry_run(inputs, run_options)
    return _run(inputs, output, run_options, options)


def _passed_over(names: list[str]) -> str:
    """What to say of files in folders whose names do not tell what they are."""
    files = f"{len(names):,} file{'s' * (len(names) > 1)}"
    shown = ", ".join([*names[:_NAMED], *(["..."] if len(names) > _NAMED else [])])
    return f"{files} left out, no format known by the name: {shown} (--format reads them as what it says)"


def _run(inputs: list[Input], output: Path, run_options: RunOptions, options: argparse.Namespace) -> int:
    from normalizer.corpora.driver import Run
    from normalizer.corpora.progress import Progress
    from normalizer.corpora.sinks import OutputError
    from normalizer.corpora.workers import Crew

    progress = Progress(sum(item.size for item in inputs), quiet=options.quiet)
    crew = Crew(options.workers or os.cpu_count() or 1, options.attempts)
    run = Run(inputs, output, run_options, crew, progress)
    try:
        report = run.run()
    except OutputError as error:
        _say(f"stopped: {error}: make room, or mend what it says, and run the same command again; what stands is kept")
        return _INCOMPLETE
    except KeyboardInterrupt:
        _say("run the same command again to go on: every shard that stands is whole")
        raise
    _tell(report, options.output, quiet=options.quiet)
    return _DONE if report.is_clean else _INCOMPLETE


def _options(options: argparse.Namespace) -> RunOptions:
    from normalizer._commands.options import resolver_of
    from normalizer.batch.keys import size
    from normalizer.corpora.tasks import RunOptions
    from normalizer.errors import ConfigError

    for name in ("workers", "attempts", "sample"):
        value = getattr(options, name)
        if value is not None and value < 1:
            raise ConfigError(f"--{name} must be 1 or more, not {value}")
    if options.delimiter is not None and len(options.delimiter.encode()) != 1:
        raise ConfigError(f"--delimiter must be one ASCII character, not {options.delimiter!r}")
    sizes: dict[str, int] = {}
    for name in ("shard_bytes", "max_bytes"):
        try:
            sizes[name] = size(getattr(options, name))
        except ValueError as error:
            raise ConfigError(f"--{name.replace('_', '-')} {error}") from error
    return RunOptions(
        config=resolver_of(options).of_folder(os.getcwd()).config,  # noqa: PTH109 - its settings take strings
        text_column=options.text_column,
        id_column=options.id_column,
        url_column=options.url_column,
        to=options.output_format,
        prefix=options.prefix,
        delimiter=options.delimiter,
        sample=options.sample,
        **sizes,
    )


def _need(inputs: list[Input], options: RunOptions) -> None:
    """Raise :class:`ConfigError` for an extra that this run needs and that is not installed."""
    from importlib.util import find_spec

    from normalizer.corpora.plan import output_of
    from normalizer.errors import ConfigError

    needed = {"orjson": "corpus"}
    for item in inputs:
        outputs = output_of(item, options)
        needed |= {"pyarrow": "corpus"} if "parquet" in (outputs, item.format) else {}
        needed |= {"fastwarc": "warc"} if item.format == "warc" else {}
        compressed = f"{item.compression} {outputs}"
        needed |= {"isal": "corpus"} if "gz" in compressed else {}
        needed |= {"zstandard": "corpus"} if "zst" in compressed else {}
    missing = {name: extra for name, extra in needed.items() if find_spec(name) is None}
    if missing:
        extras = ",".join(sorted(set(missing.values())))
        raise ConfigError(f"this run needs {', '.join(missing)}: pip install 'newsnorm[{extras}]'")


def _dry_run(inputs: list[Input], options: RunOptions) -> int:
    """Normalize a sample in a folder that is thrown away, and say what came of it."""
    import tempfile
    from contextlib import closing
    from dataclasses import replace
    from pathlib import Path

    from normalizer.corpora.driver import RunReport
    from normalizer.corpora.outcomes import Examiner
    from normalizer.corpora.outlines import Prober
    from normalizer.corpora.plan import Plan, output_of
    from normalizer.corpora.shards import run_shard

    options = replace(options, sample=options.sample or _DRY_SAMPLE)
    report = RunReport()
    examiner = Examiner(options.config, max_bytes=options.max_bytes)
    with tempfile.TemporaryDirectory(prefix="newsnorm-") as folder, closing(Prober()) as probe:
        for item in inputs:
            plan = Plan(item, options, Path(folder), "dry run", probe)
            for task in plan.tasks():
                report.add(run_shard(task, examiner))
            if plan.damage:
                report.damage[item.name] = plan.damage
            kind = f"{item.format} {item.compression}".strip()
            _say(f"{item.name}: {kind}, {item.size / 1e6:,.1f} MB, to {output_of(item, options)}")
    _say(f"dry run on the first {options.sample} records of each input, nothing was written:")
    _tell(report, None, quiet=False)
    return _DONE if report.is_clean else _INCOMPLETE


def _tell(report: RunReport, output: str | None, *, quiet: bool) -> None:
    for name, why in report.damage.items():
        _say(f"{name}: {why}")
    for fault in report.faults:
        _say(f"{fault.shard}: a fault of ours, please report it: {fault.reason.strip()}")
    for lost in report.lost:
        _say(f"{lost.shard}: not made: {lost.reason}")
    for shard in report.quarantined:
        _say(f"{shard}: quarantined: its records that killed a worker are left as they were; the next run tries again")
    for example in sorted(report.bad, key=lambda example: (str(example["shard"]), example["record"]))[:_SHOWN]:
        _say(f"{example['shard']}: record {example['record']}: {example['status']}: {example['error']}")
    if report.bad_records > _SHOWN:
        _say(f"... {report.bad_records} records were not normalized, by status: {_counts(report.statuses)}")
    if quiet:
        return
    where = f" in {output}" if output else ""
    _say(f"{report.records:,} records, {report.changed:,} changed by {report.edits:,} edits{where}")
    if report.rules:
        _say(f"edits: {_counts(report.rules)}")
    if output:
        _say(f"shards: {report.made} made, {report.stood} stood whole already")


def _counts(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered)


def _say(text: str) -> None:
    from normalizer.reports.output import message

    message(text)
