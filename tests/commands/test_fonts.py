"""`paper fonts`: which face prints what, and under which licence."""

import json
from pathlib import Path

import pytest

from tests.documents.test_fonts import own_font
from tests.shell import Run, answer


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the federation keeps faces of its own."""
    (tmp_path / "字库").mkdir()
    monkeypatch.setenv("FEDERATION_FONTS", str(tmp_path / "字库"))
    return tmp_path / "字库"


def test_every_role_is_served_by_a_face_with_its_file_and_licence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a federation and without a database: it is asked before anything is set up."""
    monkeypatch.delenv("FEDERATION_FONTS", raising=False)
    rows = answer(run("paper", "fonts", "--json", code=0))["roles"]
    assert {row["role"] for row in rows if row["place"] in ("首选", "代用")} == {
        "仿宋",
        "小标宋",
        "黑体",
        "楷体",
        "宋体",
    }
    assert all(Path(row["file"]).is_file() for row in rows)
    brought = [row for row in rows if "pylopdf" in row["file"]]
    assert brought
    assert all("SIL Open Font License" in row["licence"] for row in brought)
    assert all(row["role"] in run("paper", "fonts", code=0).stdout for row in rows)


def test_a_face_of_the_federations_own_is_shown_first_with_what_it_says_of_its_licence(run: Run, folder: Path) -> None:
    file = own_font(
        folder, "FangSong", "田", 0x0004, licenseDescription="仅供本会使用", licenseInfoURL="https://x.example"
    )
    first, *_ = answer(run("paper", "fonts", "--json", code=0))["roles"]
    assert first == {
        "role": "仿宋", "place": "首选", "family": "FangSong", "file": str(file), "embedding": "可嵌入供阅读和打印",
        "licence": "仅供本会使用；https://x.example",
    }  # fmt: skip


@pytest.mark.parametrize(("embedding", "said"), [(0x0002, "不许嵌入"), (0x0100, "不许只嵌入所用的字")])
def test_a_face_that_may_not_be_embedded_is_not_used_and_said_so(
    run: Run, folder: Path, embedding: int, said: str
) -> None:
    """A paper goes to others with the face in it: that is its maker's to allow."""
    file = own_font(folder, "FangSong", "田", embedding)
    shown = run("paper", "fonts", code=0).stdout
    assert said in shown.partition("找到而不用的字库")[2]
    found = answer(run("paper", "fonts", "--json", code=0))
    assert [each["file"] for each in found["not_used"]] == [str(file)]
    assert str(file) not in json.dumps(found["roles"])
