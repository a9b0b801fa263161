"""What the contests and provisions of one method file say of each other."""

from collections.abc import Iterator, Sequence

from federation.rules.methods.faults import TableReader
from federation.rules.methods.records import Contest, ElectionMethod

_PLAIN_KEYS = ("title", "quorum", "adoption", "motions", "elected", "form", "contest", "provision")
_TABLE_KEYS = {
    "ballot": (
        "channels", "marks", "choose", "blank", "unclear", "stray_mark_voids", "replace_spoiled", "order",
        "marks.approve", "marks.against", "marks.abstain",
    ),
    "write_in": ("allowed", "per_against", "needs_sign", "pool", "breach"),
    "void": ("returned_over",),
    "tie": ("ladder", "elected"),
    "shortage": ("then", "elected", "rounds"),
    "announce": ("order",),
    "record": ("publish", "check", "smallest"),
    "proxy": ("per_voter",),
}  # fmt: skip
_CONTEST_KEYS = ("id", "office", "seats", "surplus", "sheet", "after", "requires", "primary")


def contest_faults(file: TableReader, contests: Sequence[Contest]) -> None:
    """
    Note contests of one id, and orders that can never be kept.

    `requires` may name a contest of an earlier method, which is not at hand here; `after` may not.
    """
    sheets = {contest.id: contest.sheet for contest in contests}
    for number, contest in enumerate(contests):
        if contest.id and any(contest.id == earlier.id for earlier in contests[:number]):
            _fault(file, number, "id", f"编号 {contest.id} 与前面的选举项目重复", "每个选举项目用不同的编号")
        for other in contest.after:
            if other not in sheets:
                _fault(file, number, "after", f"没有编号为 {other} 的选举项目", f"可写 {'、'.join(sheets)}")
            elif sheets[other] == contest.sheet:
                _fault(file, number, "after", f"与 {other} 同在一张选票，不可能在它之后", "分用两张选票，或删去 after")
        if contest.requires and contest.requires == contest.id:
            _fault(file, number, "requires", "候选人不可能先已当选本项目", '写另一个选举项目，或 ""')
    for number in _in_circles(contests):
        _fault(file, number, "after", "先后次序成了循环，永远不能开始", "去掉其中一个 after")


def _in_circles(contests: Sequence[Contest]) -> Iterator[int]:
    """Positions of the contests whose sheet waits, through other sheets, for itself: a sheet is voted on as one."""
    sheets = {contest.id: contest.sheet for contest in contests}
    waits: dict[str, set[str]] = {contest.sheet: set() for contest in contests}
    for contest in contests:
        waits[contest.sheet] |= {sheets[other] for other in contest.after if other in sheets} - {contest.sheet}
    for number, contest in enumerate(contests):
        if contest.after and contest.sheet in _reached(waits, contest.sheet):
            yield number


def _reached(waits: dict[str, set[str]], start: str) -> set[str]:
    """Every sheet that has to be announced before this one may begin."""
    reached: set[str] = set()
    ahead = list(waits[start])
    while ahead:
        if (sheet := ahead.pop()) not in reached:
            reached.add(sheet)
            ahead += waits[sheet]
    return reached


def provision_faults(file: TableReader, method: ElectionMethod) -> None:
    """Note provisions for keys that no method has, and two for one key."""
    known = set(_known_keys(method.contests))
    for number, provision in enumerate(method.provisions):
        if not provision.key:
            continue
        if provision.key not in known:
            problem = f"办法文件中没有 {provision.key} 这一项"
            file.faults.add(("provision", number, "key"), problem, "写键的全名，如 quorum、tie.ladder、contest.members")
        if any(provision.key == earlier.key for earlier in method.provisions[:number]):
            problem = f"{provision.key} 的条文出处写了两次"
            file.faults.add(("provision", number, "key"), problem, '合写为一项，如 clause = "第五条、第七条"')


def _known_keys(contests: Sequence[Contest]) -> Iterator[str]:
    """Every name under which a provision may stand."""
    yield from _PLAIN_KEYS
    yield from _TABLE_KEYS
    yield from _CONTEST_KEYS
    yield from (f"{table}.{key}" for table, keys in _TABLE_KEYS.items() for key in keys)
    ids = [contest.id for contest in contests]
    for holder in ("contest", *ids, *(f"contest.{id}" for id in ids)):
        yield holder
        yield from (f"{holder}.{key}" for key in _CONTEST_KEYS)
        yield from (f"{holder}.primary.{key}" for key in ("surplus", "elected"))


def _fault(file: TableReader, number: int, key: str, problem: str, remedy: str) -> None:
    """Note a mistake of the contest at this position."""
    file.faults.add(("contest", number, key), problem, remedy)
