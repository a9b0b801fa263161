"""Files of settled strokes: read back as written, every fault at once."""

from pathlib import Path

import pytest

from federation.errors import Refused
from federation.stroke_files import read_strokes, write_strokes

KNOWN = {"䶮": "4143115413534", "\U00030edd": "4" * 40}


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """A character beyond the basic plane, and more digits than a number holds."""
    for name in ("strokes.csv", "strokes.xlsx"):
        write_strokes(tmp_path / name, KNOWN)
        assert read_strokes(tmp_path / name) == KNOWN


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    """Two characters, one twice, strokes that are none."""
    path = tmp_path / "strokes.csv"
    path.write_text("字,笔画\n龚䶮,1\n䶮,12\n䶮,13\n王,1126\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_strokes(path)
    assert [finding.problem for finding in refused.value.findings] == [
        "第 2 行写了“龚䶮”",
        "第 4 行的䶮写了两次",
        "第 5 行“王”的笔画“1126”写法有误",
    ]
