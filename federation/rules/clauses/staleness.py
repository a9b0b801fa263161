"""
What a re-used template still says of another term, another session, or another number of seats.

Only what the document says of its own federation and meeting is compared: 第二届执行委员会, 一届二次全会,
第二次妇女代表大会, 执行委员会委员13名. A rule for all terms (每届任期五年, 新一届…) and other bodies' congresses
(全国, 中国, 党的) are no contradiction, and neither is what stands in 《》, the title of another document.
"""

import re
from collections.abc import Iterator, Mapping

from federation.errors import Finding
from federation.rules.clauses.documents import parse_document
from federation.rules.numerals import NUMERAL, chinese_number, number_or_zero

_N = rf"\s*([{NUMERAL}]+)\s*"
_TITLES = re.compile("《[^》]*》")
_TERM = re.compile(rf"第{_N}届(?:[^，。；：、\n]{{0,14}}?第{_N}次(?:全体)?会议)?")
_SHORT = re.compile(rf"(?<![第每{NUMERAL}])([一二三四五六七八九十]+)届([一二三四五六七八九十]+)次")
_CONGRESS = re.compile(rf"第{_N}次[^，。；：、\n第]{{0,8}}?(?:代表大会|妇代会)")
_PHRASE_END = re.compile(r"[，。；：、\n]")
_ELSEWHERE = re.compile(r"全国|中国|中共|党的|全省|人民代表|共青团|工会")
_ALIASES = {"执行委员会委员": ("执行委员会委员", "执行委员", "执委")}
_NOT_THE_OFFICE = ("主席团", "执行主席", "副主席", "常务委员会委员")


def stale_findings(
    text: str, *, term_no: int, session_no: int, seats: Mapping[str, int], where: str
) -> Iterator[Finding]:
    """
    Say which clauses of this document contradict the case, with both values.

    `term_no` is the 届 (第N次代表大会 is the congress that elects it), `session_no` the 次 within it, `seats` the
    number to be elected per office. `where` names the document in the finding's clause.
    """
    for part in parse_document(text).parts():
        body, seen = _TITLES.sub("", part.text), set()
        for written, truth in (*_terms(body, term_no, session_no), *_seats(body, seats)):
            if written not in seen:
                seen.add(written)
                problem = f"{part.label}写的是“{written}”，本次应为“{truth}”"
                yield Finding(problem, f"{where}{part.label}", "修改文稿后重新提交")


def _terms(body: str, term_no: int, session_no: int) -> Iterator[tuple[str, str]]:
    """Every written 届 and 次 that differs, and what it should be."""
    term, session = f"第{chinese_number(term_no)}届", f"第{chinese_number(session_no)}次"
    for found in _own(_TERM, body):
        if number_or_zero(found[1]) != term_no:
            yield f"第{found[1]}届", term
        if found[2] and number_or_zero(found[2]) != session_no:
            yield found[0], f"{term}……{session}"
    for found in _own(_SHORT, body):
        if (number_or_zero(found[1]), number_or_zero(found[2])) != (term_no, session_no):
            yield found[0], f"{chinese_number(term_no)}届{chinese_number(session_no)}次"
    for found in _own(_CONGRESS, body):
        if number_or_zero(found[1]) != term_no:
            yield found[0], found[0].replace(found[1], chinese_number(term_no))


def _own(pattern: re.Pattern[str], body: str) -> Iterator[re.Match[str]]:
    """The matches that do not speak of another body: its name is not in the phrase, nor just before or after it."""
    for found in pattern.finditer(body):
        before = _PHRASE_END.split(body[max(found.start() - 6, 0) : found.start()])[-1]
        after = _PHRASE_END.split(body[found.end() : found.end() + 8])[0]
        if not _ELSEWHERE.search(before + found[0] + after):
            yield found


def _seats(body: str, seats: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Every written number of seats that differs; 1至3名 is a range, and right where it holds the number."""
    for office, number in seats.items():
        for pattern in _seat_patterns(office):
            for found in pattern.finditer(body):
                low, high = number_or_zero(found["low"]), number_or_zero(found["high"] or found["low"])
                if not low <= number <= high:
                    yield found[0], f"{office}{number}名"


def _seat_patterns(office: str) -> Iterator[re.Pattern[str]]:
    """How prose says a number of seats: 副主席2名, 2名副主席, 执行委员会由15名委员组成."""
    number = rf"\s*(?P<low>[{NUMERAL}]+)\s*(?:(?:至|到|-|—|~|～)\s*(?P<high>[{NUMERAL}]+)\s*)?[名人位]"
    name = "|".join(map(re.escape, _ALIASES.get(office, (office,))))
    longer = [other for other in _NOT_THE_OFFICE if other != office]
    heads = "".join(f"(?<!{other.removesuffix(office)})" for other in longer if other.endswith(office))
    tails = "".join(f"(?!{other.removeprefix(office)})" for other in longer if other.startswith(office))
    own = rf"{heads}(?:{name}){tails}(?!候选人|会)"
    yield re.compile(rf"{own}(?:应选)?(?:名额|人数)?(?:定?为|共|是|：|:)?{number}")
    yield re.compile(rf"(?:选举|选出|产生|应选|设|、)(?:[^，。；：、\n]{{0,8}}[^，。；：、\n{NUMERAL}])?{number}{own}")
    if office.endswith("委员会委员"):
        yield re.compile(rf"{re.escape(office[:-2])}(?:由|设)(?:委员)?{number}(?:委员)?")
