"""The sum of a run: how many files ended how, how often each rule spoke, and the exit code that follows."""

from __future__ import annotations

from collections import Counter

from normalizer.batch import outcome as state
from normalizer.batch.outcome import Outcome

DONE, WOULD_CHANGE, USAGE, TROUBLE, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Summary:
    """Counts outcomes as they come."""

    def __init__(self, skipped: Counter[str] | None = None) -> None:
        self.statuses: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter(skipped or ())
        self.rules: Counter[str] = Counter()
        self.files_of_rule: Counter[str] = Counter()
        self.edits = 0
        self.stale = 0

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        self.statuses[outcome.status] += 1
        self.stale += len(outcome.stale)
        self.edits += len(outcome.findings)
        if outcome.findings:
            rules = Counter(rule for finding in outcome.findings for rule in finding.rules)
            self.rules.update(rules)
            self.files_of_rule.update(rules.keys())

    @property
    def files(self) -> int:
        """How many files were judged."""
        return self.statuses.total()

    def exit_code(self, *, fix: bool, non_zero_on_fix: bool = False) -> int:
        """The exit code: a fault of ours beats trouble with files, that beats changes."""
        if self.statuses[state.FAULT]:
            return FAULT
        if any(self.statuses[status] for status in state.TROUBLE):
            return TROUBLE
        changed = self.statuses[state.FIXED] if fix else self.statuses[state.CHANGED]
        return WOULD_CHANGE if changed and (non_zero_on_fix or not fix) else DONE

    def sentence(self) -> str:
        """The sum in one line."""
        parts = []
        for status, words in _WORDS.items():
            if count := self.statuses[status]:
                parts.append(f"{_files(count)} {words}")
        if self.edits:
            parts[0] += f" ({self.edits} {'edit' if self.edits == 1 else 'edits'})"
        skipped = Counter({name: self.statuses[name] for name in sorted(state.SKIPPED) if self.statuses[name]})
        skipped.update(self.skipped)
        if skipped:
            kinds = ", ".join(f"{count} {name}" for name, count in sorted(skipped.items()))
            parts.append(f"{_files(skipped.total())} skipped ({kinds})")
        return "; ".join(parts) or "no files"

    def as_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        return {
            "files": dict(sorted(self.statuses.items())),
            "skipped": dict(sorted(self.skipped.items())),
            "edits": self.edits,
            "rules": dict(sorted(self.rules.items())),
        }

    def statistics(self) -> str:
        """A table of rules: edits and files, the most frequent first."""
        rows = sorted(self.rules.items(), key=lambda row: (-row[1], row[0]))
        if not rows:
            return "no edits\n"
        width = max(len("edits"), *(len(str(count)) for _, count in rows))
        lines = [f"{'edits':>{width}}  {'files':>{width}}  rule"]
        lines += [f"{count:>{width}}  {self.files_of_rule[rule]:>{width}}  {rule}" for rule, count in rows]
        return "\n".join(lines) + "\n"


_WORDS = {
    state.CHANGED: "would change",
    state.FIXED: "fixed",
    state.REFUSED: "refused",
    state.FAILED: "failed",
    state.FAULT: "with a fault of newsnorm",
    state.CLEAN: "clean",
}


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
