"""Who is meant by what an officer types: a roll number, the name a person is called by, or her own name if unique."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from federation.errors import Finding, Misused, NotFound
from federation.models import RollEntry
from federation.rules.roll import name_key


class People:
    """A roll, to be asked for persons."""

    def __init__(self, entries: Sequence[RollEntry], where: str) -> None:
        self.entries = entries
        self.where = where
        self._found: dict[str, list[RollEntry]] = defaultdict(list)
        for entry in entries:
            for key in {str(entry.number), name_key(entry.displayed), name_key(entry.name)}:
                self._found[key].append(entry)

    def one(self, who: str) -> RollEntry:
        """The person meant. Misused lists those it could be; NotFound where there is nobody."""
        return self.several([who])[0]

    def several(self, who: Iterable[str]) -> list[RollEntry]:
        """The persons meant, each once, in the order given. Every name that is unknown or ambiguous is reported."""
        found, wrong = self.sorted_out(who)
        if wrong:
            ambiguous = [finding for unknown, finding in wrong if not unknown]
            if ambiguous:
                raise Misused("有人名指的不止一人", ambiguous)
            raise NotFound(f"{self.where}的名册上没有这些人", [finding for _, finding in wrong])
        return found

    def sorted_out(self, who: Iterable[str]) -> tuple[list[RollEntry], list[tuple[bool, Finding]]]:
        """The persons meant, and for every other name whether it is unknown, and what to do."""
        found: dict[int, RollEntry] = {}
        wrong = []
        for name in who:
            matches = self._matches(name)
            if len(matches) == 1:
                found[matches[0].number] = matches[0]
            elif matches:
                those = "、".join(f"{entry.number} {entry.displayed}" for entry in matches)
                wrong.append((False, Finding(f"“{name}”有 {len(matches)} 人：{those}", remedy="改写序号")))
            else:
                wrong.append((True, Finding(f"没有“{name}”", remedy="federation roll list，看序号和姓名")))
        return list(found.values()), wrong

    def _matches(self, name: str) -> list[RollEntry]:
        key = name_key(name)
        matches = self._found.get(key.lstrip("0") if key.isdecimal() else key, [])
        called = [entry for entry in matches if name_key(entry.displayed) == key]
        return called or matches
