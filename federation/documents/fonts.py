"""
Which face prints a character: four roles of GB/T 9704, and a fallback for every single character.

A federation's own faces come first (FEDERATION_FONTS), then what the machine has, then the free faces that pip brings.
No character is ever printed as a box: one that no face has stops the paper, with the name it stands in.
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn

from federation.documents.faces import Face, families, open_face
from federation.errors import Finding, Misused
from federation.settings import Settings

Role = Literal["fangsong", "xiaobiaosong", "heiti", "kaiti", "songti"]

LABELS: Mapping[Role, str] = {
    "fangsong": "仿宋",
    "xiaobiaosong": "小标宋",
    "heiti": "黑体",
    "kaiti": "楷体",
    "songti": "宋体",
}

WANTED: Mapping[Role, tuple[str, ...]] = {
    "fangsong": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "方正仿宋简体", "FandolFang"),
    "xiaobiaosong": (
        "方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC Bold",
        "Noto Serif SC Bold", "Source Han Serif SC Bold", "FandolSong Bold", "FandolSong-Bold",
    ),
    "heiti": ("黑体", "SimHei", "FandolHei"),
    "kaiti": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "LXGW WenKai", "霞鹜文楷"),
    "songti": ("宋体", "SimSun", "FandolSong"),
}  # fmt: skip
"""Family names to ask for, the best first (libraries differ in which of its names a face carries)."""

SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})

SYSTEM_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip

THICKER = 0.022
"""How far, in ems, an ordinary face is thickened where 小标宋 is wanted and no bold face is there."""

WITHOUT_FACE = (
    "现有字库中没有此字",
    "安装含有此字的字库，并以环境变量 FEDERATION_FONTS 指明字库文件或其文件夹；或核对该字是否录入有误",
)
INVISIBLE = ("它是控制字符或自造字，不是标准汉字", "在原始资料中删去它，改用标准汉字")
"""Why a character is not printed, and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A face for a role; `stroke` thickens it, in ems."""

    face: Face
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Barred:
    """A face that was found and is not used, and why."""

    name: str
    file: Path
    because: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Each role with its faces, in the order they are asked."""

    chains: Mapping[Role, tuple[Choice, ...]]
    barred: tuple[Barred, ...] = ()
    """Faces that would have served, and may not."""
    _met: dict[Role, "_Met"] = field(default_factory=dict, repr=False, compare=False)

    def met(self, role: Role) -> "_Met":
        """The characters of a role with their faces and widths, each looked up once in all papers of these fonts."""
        if role not in self._met:
            self._met[role] = _Met(self, role)
        return self._met[role]

    def choice(self, role: Role, character: str) -> Choice:
        """The first face of the role that has this character; KeyError where none has: `missing` was not asked."""
        for choice in self.chains[role]:
            if choice.face.has(character):
                return choice
        raise KeyError(character)

    def missing(self, text: str) -> list[str]:
        """The characters of a text that cannot be printed, each once."""
        chain = self.chains["fangsong"]
        characters = dict.fromkeys(text.replace("\n", ""))
        return [sign for sign in characters if not _printable(sign) or not any(c.face.has(sign) for c in chain)]

    def findings(self, texts: Iterable[str]) -> Iterator[Finding]:
        """Say which characters of these texts no face has, and where they stand."""
        for text in dict.fromkeys(texts):
            for sign in self.missing(text):
                why, remedy = WITHOUT_FACE if _printable(sign) else INVISIBLE
                yield Finding(f"“{_excerpt(text, sign)}”中的{_named(sign)}不能印刷：{why}", remedy=remedy)


class _Met(dict[str, float]):
    """The width of each character in ems, found out when it is first asked for; `choices` has its face."""

    def __init__(self, fonts: Fonts, role: Role) -> None:
        super().__init__()
        self._fonts, self._role = fonts, role
        self.choices: dict[str, Choice] = {}

    def __missing__(self, character: str) -> float:
        choice = self.choices[character] = self._fonts.choice(self._role, character)
        wide = self[character] = choice.face.width(character)
        return wide


def _printable(sign: str) -> bool:
    """Nothing that steers the text instead of standing in it: a direction mark would let a name read differently."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    return f"“{sign}”字（{code}）" if sign.isprintable() else f"字符 {code} "


def _excerpt(text: str, sign: str) -> str:
    """A few characters around the one in question; what cannot be shown is shown as a dot."""
    at = text.index(sign)
    part = text[max(0, at - 10) : at + 11]
    return "".join(each if each.isprintable() else "·" for each in part)


@lru_cache(maxsize=1)
def pip_fonts() -> Fonts:
    """The faces that pip brings, and no others: the same on every machine."""
    return _fonts({}, ())


def machine_fonts() -> Fonts:
    """The best faces to be had here and now."""
    return _machine_fonts(Settings.from_environment().fonts)


@lru_cache(maxsize=4)
def _machine_fonts(own: tuple[Path, ...]) -> Fonts:
    if absent := [str(path) for path in own if not path.exists()]:
        raise Misused(f"环境变量 FEDERATION_FONTS 所指的字库不存在：{'、'.join(absent)}")
    own_files = [place for path in own for place in _places(path)]
    system = [place for folder in SYSTEM_FOLDERS for place in _places(Path(folder).expanduser())]
    index: dict[str, tuple[Path, int]] = {}
    for place in [*own_files, *system]:
        for name in () if place.because else place.names:
            index.setdefault(name, (place.file, place.number))
    usable = tuple((place.file, place.number) for place in own_files if not place.because)
    return replace(_fonts(index, usable), barred=tuple(_barred(own_files, system)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A face in a file, what it answers to, and why it is of no use."""

    file: Path
    number: int
    names: frozenset[str]
    because: str


def _barred(own: Iterable[_Place], system: Iterable[_Place]) -> Iterator[Barred]:
    """What an officer may wonder about: her own faces, and those of the machine that a role asks for."""
    wanted = {name.casefold() for names in WANTED.values() for name in names}
    for place in [*own, *(each for each in system if each.names & wanted)]:
        if place.because:
            yield Barred(min(place.names & wanted or place.names, default=""), place.file, place.because)


def _places(path: Path) -> Iterator[_Place]:
    """Every face in a file or below a folder, in an order that does not depend on the file system."""
    for file in [path] if path.is_file() else _files_below(path):
        if file.suffix.lower() in SUFFIXES:
            for number, names, because in families(file):
                yield _Place(file, number, names, because)


def _files_below(folder: Path) -> list[Path]:
    return sorted(Path(root, name) for root, _, names in os.walk(folder, followlinks=True) for name in names)


def _fonts(index: Mapping[str, tuple[Path, int]], own: tuple[tuple[Path, int], ...]) -> Fonts:
    """
    A chain for each role: the wanted face, pip's face of that kind, pip's other, then every face of the federation.

    The last is what makes the remedy true: a face with one rare character is enough, whatever it is called.
    """
    serif, sans = open_face(pylopdf_fonts_zh_cn.serif_path()), open_face(pylopdf_fonts_zh_cn.sans_path())
    spare = [open_face(*place) for place in own]

    def chain(role: Role) -> tuple[Choice, ...]:
        found = (index[name.casefold()] for name in WANTED[role] if name.casefold() in index)
        wanted = [open_face(*place) for place in list(found)[:1]]
        ordinary = [sans, serif] if role == "heiti" else [serif, sans]
        stroke = THICKER if role == "xiaobiaosong" else 0.0
        return (*map(Choice, wanted), *(Choice(face, stroke) for face in [*ordinary, *spare]))

    return Fonts({role: chain(role) for role in WANTED})
