from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from federation import documents
from federation.documents.fonts import WANTED, machine_fonts, pip_fonts
from federation.documents.samples import elections, people
from federation.errors import Misused, Refused
from federation.facts.papers import BallotPaper
from tests.documents.reading import text_of


def ballot_with(*names: str) -> BallotPaper:
    facts = elections.ballot()
    return replace(facts, contests=(replace(facts.contests[0], candidates=names),))


def own_font(folder: Path, family: str, characters: str, embedding: int = 0, **said: str) -> Path:
    """A font file of this family that has just these characters, each a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 800), (800, 800), (800, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = {ord(sign): f"u{ord(sign):04X}" for sign in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family, **said})
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    path = folder / f"{family}.ttf"
    builder.save(path)
    return path


@pytest.mark.parametrize("name", [*people.HARD_NAMES, "㛃", "𬱖", "㺿", "璟垚旻赟姮", "O'Brien", "李·A"])
def test_rare_names_are_printed_and_can_be_copied_out(name: str):
    text = text_of(documents.render("ballot", ballot_with(name), fonts=pip_fonts()))
    assert name in text.split("\n")


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("王ꀀ花", "U+A000", "现有字库中没有此字"),
        ("王\ue000花", "U+E000", "不是标准汉字"),
        ("王\u202e花", "U+202E", "不是标准汉字"),
        ("王\ud800花", "U+D800", "不是标准汉字"),
    ],
)
def test_a_character_without_a_face_stops_the_paper_and_is_named_with_its_name(name: str, code: str, said: str):
    """Never a box, and never a mark that turns the reading round."""
    with pytest.raises(Refused) as refusal:
        documents.render("ballot", ballot_with("马甲一", name), fonts=pip_fonts())
    (finding,) = refusal.value.findings
    assert code in finding.problem
    assert "王" in finding.problem
    assert said in finding.problem
    assert finding.remedy
    assert str(refusal.value).encode("utf-8")


def test_all_characters_without_a_face_are_named_at_once():
    with pytest.raises(Refused) as refusal:
        documents.render("ballot", ballot_with("王ꀀ", "李ꀁꀂ"), fonts=pip_fonts())
    assert len(refusal.value.findings) == 3


def test_what_a_web_page_left_behind_unseen_does_not_stop_a_paper():
    text = text_of(documents.render("ballot", ballot_with("马\u200b甲\ufeff一"), fonts=pip_fonts()))
    assert "马甲一" in text


def test_the_federations_own_face_comes_first_and_falls_back_for_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = own_font(tmp_path, "FangSong", "田")
    monkeypatch.setenv("FEDERATION_FONTS", str(tmp_path))
    fonts = machine_fonts()
    assert fonts.choice("fangsong", "田").face.path == path
    assert fonts.choice("fangsong", "禾").face.path != path
    assert fonts.choice("heiti", "田").face.path != path


def test_any_face_the_federation_names_helps_out_whatever_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The remedy of the refusal: one face with the missing character is enough."""
    monkeypatch.setenv("FEDERATION_FONTS", str(own_font(tmp_path, "Scrap", "ꀀ")))
    text = text_of(documents.render("ballot", ballot_with("王ꀀ"), fonts=machine_fonts()))
    assert "王ꀀ" in text


def test_a_font_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("FEDERATION_FONTS", str(tmp_path / "nowhere"))
    with pytest.raises(Misused, match="nowhere"):
        machine_fonts()


def test_a_broken_font_file_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 no font at all")
    monkeypatch.setenv("FEDERATION_FONTS", str(tmp_path))
    assert machine_fonts().choice("fangsong", "田").face.has("田")


@pytest.mark.parametrize("role", WANTED)
def test_pips_fonts_serve_every_role_and_nothing_from_the_machine_joins_them(
    role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own_font(tmp_path, "FangSong", "田")
    monkeypatch.setenv("FEDERATION_FONTS", str(tmp_path))
    names = {choice.face.name for choice in pip_fonts().chains[role]}
    assert names == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}
