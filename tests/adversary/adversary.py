"""
A program that knows in which order people checked in and cast, holds all that is stored, and names each ballot's owner.

It is given more than anybody outside would have: the rebuilt key, so that it reads every sealed ballot, and every file
of the database engine. It collects every order in which ballots can be found anywhere, and tries each of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, Table, inspect, text

from federation.models import Base

PAGES = (4096, 8192)
"""The page sizes of the two engines: inside a page rows are laid down from its end."""


@dataclass(frozen=True)
class Order:
    """Ballots in some order in which they were found, and where."""

    where: str
    ballots: tuple[int, ...]


@dataclass(frozen=True)
class Knowledge:
    """By which strings each ballot can be told in raw bytes or in a cell: its seal, what it says, its check code."""

    needles: Mapping[bytes, int]
    """Bytes → number of the ballot's owner, for scoring alone: the adversary only ever sees orders."""

    def of(self, cell: object) -> int | None:
        """The ballot that a cell of a table tells of."""
        data = cell if isinstance(cell, bytes) else str(cell).encode()
        return self.needles.get(bytes(data))


def in_files(files: Sequence[Path], known: Knowledge) -> Iterator[Order]:
    """Every order in which the ballots' bytes lie in each of these files, first and last places, page by page too."""
    for file in files:
        try:
            data = file.read_bytes()
        except OSError:
            continue
        for kind in {len(needle) for needle in known.needles}:
            places = _places(data, {needle: who for needle, who in known.needles.items() if len(needle) == kind})
            if len(places) < 3:
                continue
            for name, key in _SORTS.items():
                yield Order(
                    f"{file.name} {kind} bytes, {name}", tuple(sorted(places, key=lambda who: key(places[who])))
                )


def _places(data: bytes, needles: Mapping[bytes, int]) -> dict[int, tuple[int, int]]:
    found = {}
    for needle, who in needles.items():
        first = data.find(needle)
        if first >= 0:
            found[who] = (first, data.rfind(needle))
    return found


_SORTS = {
    "first place": lambda place: place[0],
    "last place": lambda place: place[1],
    **{f"pages of {size}, last place": lambda place, size=size: (place[1] // size, -place[1]) for size in PAGES},
    **{f"pages of {size}, first place": lambda place, size=size: (place[0] // size, -place[0]) for size in PAGES},
}


def copies(files: Sequence[Path], known: Knowledge) -> dict[bytes, int]:
    """How often each ballot's bytes occur in all of these files together."""
    found = dict.fromkeys(known.needles, 0)
    for file in files:
        data = file.read_bytes()
        for needle in found:
            found[needle] += data.count(needle)
    return found


def in_tables(engine: Engine, known: Knowledge) -> Iterator[Order]:
    """Every order of rows that the engine gives: as they are scanned, by each column, by each hidden column."""
    hidden = ("ctid", "xmin::text::bigint", "xmax::text::bigint", "cmin::text::bigint")
    with engine.connect() as connection:
        for table in [*Base.metadata.sorted_tables, *_strangers(engine)]:
            sorts = ["", *(f"ORDER BY {column}" for column in _columns(engine, table))]
            if engine.dialect.name == "postgresql":
                sorts += [f"ORDER BY {column}" for column in hidden]
            elif not isinstance(table, Table) or table.dialect_options["sqlite"]["with_rowid"] is not False:
                sorts.append("ORDER BY rowid")
            name = table.name if isinstance(table, Table) else table
            for sort in sorts:
                rows = connection.execute(text(f"SELECT * FROM {name} {sort}")).all()
                seen = [who for row in rows for cell in row if (who := known.of(cell)) is not None]
                if len(set(seen)) >= 3:
                    yield Order(f"{name} {sort}", tuple(dict.fromkeys(seen)))


def _strangers(engine: Engine) -> list[str]:
    """Tables that the program's models do not know."""
    return [name for name in inspect(engine).get_table_names() if name not in Base.metadata.tables]


def _columns(engine: Engine, table: Table | str) -> list[str]:
    if isinstance(table, Table):
        return [column.name for column in table.columns]
    return [column["name"] for column in inspect(engine).get_columns(table)]


@dataclass(frozen=True)
class Success:
    """How well an order names the owners: exact hits, and the rank correlation times the root of its length."""

    order: Order
    hits: int
    z: float


def tried(orders: Sequence[Order], truths: Mapping[str, Sequence[int]]) -> list[Success]:
    """Each order against each of the orders known, forwards and backwards; the best of each."""
    found = []
    for order in orders:
        best = [_score(order, truth) for known in truths.values() for truth in (known, known[::-1])]
        found.append(max(best, key=lambda one: (abs(one.z), one.hits)))
        found.append(max(best, key=lambda one: one.hits))
    return found


def _score(order: Order, truth: Sequence[int]) -> Success:
    seen = set(order.ballots)
    expected = [who for who in truth if who in seen]
    hits = sum(mine == theirs for mine, theirs in zip(order.ballots, expected, strict=True))
    size = len(expected)
    rank = {who: place for place, who in enumerate(expected)}
    distance = sum((place - rank[who]) ** 2 for place, who in enumerate(order.ballots))
    rho = 1 - 6 * distance / (size * (size**2 - 1))
    return Success(order, hits, rho * (size - 1) ** 0.5)
