"""
Make `federation/rules/stroke_table.txt` from published data; run once by a developer, never by the program.

    python scripts/make_stroke_table.py FOLDER

FOLDER holds four archives, all under the MIT licence, as pip and npm fetch them:

    pip download --no-deps cn-sort==0.14
    npm pack cnchar-order@3.2.6 cnchar-trad@3.2.6 cnchar-radical@3.2.6

cn-sort knows the place of 20,897 characters in the order of the national standard, but not their strokes. cnchar knows
the strokes of 9,500 of them. Strokes that contradict the places are dropped, so each source checks the other; a
character between two of the same strokes has those strokes too. Among equal strokes cn-sort falls back on code points:
there the structure decides instead (左右 before 上下 before 整体), and the code point only last.
"""

import json
import re
import sys
import tarfile
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

TABLE = Path(__file__).parents[1] / "federation" / "rules" / "stroke_table.txt"

# 横 and 提 are 1, 竖 and 竖钩 2, 撇 3, 点 and 捺 4; whatever turns is 5.
LETTERS = str.maketrans("jifgskdlabcehmnopqrtuvwxyz", "11223444" + 18 * "5")

# The source's slips that the places cannot catch, put right part by part: 重 is 312511211, 肅 is 5112322151512, …
CORRECTED = {
    "姍": "53125221", "炽": "433425134", "飛": "534335342", "動": "31251121153", "鈔": "341124312343",
    "腫": "3511312511211", "肅": "5112322151512", "媾": "5311122125211", "锺": "31115312511211", "種": "31234312511211",
    "慟": "44231251121153", "槼": "113425111341234", "撅": "121134315233534", "德": "332122522114544",
    "膝": "351112343424134", "蕭": "1225112322151512", "嘯": "2515112322151512", "鲺": "3525121153251214",
    "憲": "4451112252214544", "黏": "31234342413421251", "鍾": "34112431312511211", "觴": "353511231251113533",
    "簫": "3143145112322151512", "瀟": "4411225112322151512", "聼": "5122111122522114544",
    "繡": "5544445112322151512", "欄": "123425112511125431234", "鏽": "341124315112322151512",
    "斕": "413425112511125431234", "灃": "441211121112521251431", "聽": "1221111121122522114544",
    "廳": "4131221111121122522114544", "躪": "25121211222511251132411121", "灧": "441211121112521251431355215",
    "豔": "2111211125212514311215425221", "鬱": "12343112521234453444445215333",
}  # fmt: skip

# cnchar's classes: 左右 and 左中右, then 上下 and its like, then those that enclose, then 整体 (or not known).
STRUCTURES = {"a": 0, "h": 0, "b": 1, "g": 1, "f": 1, "d": 2, "e": 2, "c": 3}

HEADER = """\
# The order of Chinese characters by strokes. Made by scripts/make_stroke_table.py: do not edit, use stroke_overlay.txt.
# One group a line, in order: the strokes (1 横 2 竖 3 撇 4 点 5 折; - where the sources give the place alone), a tab,
# the characters. Places: cn-sort 0.14, copyright bmxbmx3. Strokes and structure: cnchar-order, cnchar-trad and
# cnchar-radical 3.2.6, copyright (c) 2017-present theajack. Both are published under the MIT License:
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
# documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
# rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
# persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice
# and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS
# PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
# MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
# HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
# ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def places(folder: Path) -> list[str]:
    """Every Chinese character cn-sort knows, in its order."""
    with zipfile.ZipFile(next(folder.glob("cn_sort-0.14*.whl"))) as wheel:
        entries = json.loads(wheel.read("cn_sort/res/all_word.json"))["all_word"]
    level = {entry["chinese"]: entry["stroke_increment_level"] for entry in entries if entry["chinese"] > "㐀"}
    return sorted(level, key=lambda character: level[character])


def script(folder: Path, name: str) -> str:
    """The one JavaScript file in an npm package."""
    with tarfile.open(next(folder.glob(f"{name}-3.2.6.tgz"))) as package:
        member = next(member for member in package.getnames() if member.endswith(".min.js"))
        file = package.extractfile(member)
        assert file is not None
        return file.read().decode("utf-8")


def published_strokes(folder: Path) -> dict[str, str]:
    """Character → digits as cnchar gives them, corrected; simplified forms prevail."""
    pairs = (re.findall(r'"(.)":"([a-z]+)"', script(folder, name)) for name in ("cnchar-trad", "cnchar-order"))
    strokes = {character: letters.translate(LETTERS) for found in pairs for character, letters in reversed(found)}
    return strokes | CORRECTED


def consistent(order: list[str], strokes: dict[str, str]) -> dict[str, str]:
    """The most strokes that can be kept without contradicting the places: a longest non-decreasing run."""
    known = [character for character in order if character in strokes]
    tails: list[tuple[int, str]] = []
    ends: list[int] = []
    before: list[int] = []
    for index, character in enumerate(known):
        key = (len(strokes[character]), strokes[character])
        at = bisect_right(tails, key)
        tails[at : at + 1], ends[at : at + 1] = [key], [index]
        before.append(ends[at - 1] if at else -1)
    kept, index = {}, ends[-1]
    while index >= 0:
        kept[known[index]] = strokes[known[index]]
        index = before[index]
    return kept


def between_equals(order: list[str], strokes: dict[str, str]) -> dict[str, str]:
    """Strokes, with those added that stand between two characters of the same strokes."""
    filled, waiting, last = dict(strokes), [], ""
    for character in order:
        if character not in strokes:
            waiting.append(character)
            continue
        if strokes[character] == last:
            filled.update(dict.fromkeys(waiting, last))
        waiting, last = [], strokes[character]
    return filled


def by_structure(folder: Path) -> Callable[[str], tuple[int, str]]:
    """The tie-break among equal strokes."""
    structure = dict(re.findall(r"([㐀-鿿])([a-h])", script(folder, "cnchar-radical")))
    return lambda character: (STRUCTURES[structure.get(character, "c")], character)


def lines(order: Iterable[str], strokes: dict[str, str], tie: Callable[[str], tuple[int, str]]) -> Iterator[str]:
    for digits, group in groupby(order, key=lambda character: strokes.get(character, "-")):
        members = list(group)
        yield f"{digits}\t{''.join(members if digits == '-' else sorted(members, key=tie))}\n"


def main(folder: Path) -> None:
    order, published = places(folder), published_strokes(folder)
    kept = consistent(order, published)
    strokes = between_equals(order, kept)
    TABLE.write_text(HEADER + "".join(lines(order, strokes, by_structure(folder))), encoding="utf-8", newline="\n")
    contradicted = len(set(published) & set(order)) - len(kept)
    print(f"{len(order)} characters in order, {len(strokes)} with strokes; {contradicted} contradicted")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
