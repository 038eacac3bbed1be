"""The examples of a table are its tests: each runs, and each guard must be seen to hold.

In flow numbered records. Out flow tuples (line, field, problem, remedy) for those that fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from normalizer.edits import apply_edits
from normalizer.names.entity import Record
from normalizer.names.fold import fold
from normalizer.names.table import AliasTable

Finding = tuple[int, str, str, str]


def example_problems(records: list[tuple[int, Record]]) -> Iterator[Finding]:
    """Examples that come out otherwise than they say, and guards that no example exercises."""
    from normalizer.names import NameStage

    if not any("examples" in record or "guards" in record for _, record in records):
        return
    whole = [record for _, record in records if record.get("type")]
    stage = NameStage(AliasTable.from_records(whole), "official", lambda _: True)
    for line, record in records:
        examples = record.get("examples", [])
        for number, example in enumerate(examples):
            text = example["text"]
            language = example["lang"]
            after = apply_edits(text, stage.edits(text, lambda _, language=language: language))  # type: ignore[misc]
            if after != example.get("after", text):
                remedy = "mend the guard, the alias or the example"
                yield line, f"examples[{number}]", f"gives {after!r}, not {example.get('after', text)!r}", remedy
        staying = [fold(example["text"]) for example in examples if "after" not in example]
        for guard, phrases in record.get("guards", {}).items():
            for phrase in phrases:
                if guard.startswith("not") and not any(fold(phrase) in text for text in staying):
                    remedy = 'add {"lang": "…", "text": "…"} that holds the phrase and stays as it is'
                    yield line, f"guards.{guard}", f"no example exercises {phrase!r}", remedy
