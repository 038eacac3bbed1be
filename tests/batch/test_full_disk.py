"""``fix`` on a disk that is really full: the old file stays, whole, and the others that fit are done."""

from __future__ import annotations

from pathlib import Path

from tests.cli.process import DIRTY, MENDED, complaints, newsnorm
from tests.disk import grow, small_disk

LARGE = DIRTY * 8000


def test_what_does_not_fit_stays_as_it_was(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "300k") as disk:
        (disk / "large.txt").write_text(LARGE)
        (disk / "small.txt").write_text(DIRTY)
        done = newsnorm("fix", "--select", "encoding", "disk", cwd=tmp_path)
        assert done.returncode == 3
        assert complaints(done)[0].startswith("newsnorm: disk/large.txt: no space left on device")
        assert (disk / "large.txt").read_text() == LARGE
        assert (disk / "small.txt").read_text() == MENDED
        assert {path.name for path in disk.iterdir()} == {"large.txt", "small.txt"}
        grow(disk, "4m")
        assert newsnorm("fix", "--select", "encoding", "disk", cwd=tmp_path).returncode == 0
        assert (disk / "large.txt").read_text() == MENDED * 8000
