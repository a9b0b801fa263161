"""An example to be played: what happened when (scenario.toml), who did it (people.toml), and the files beside them."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A folder of the form of `examples/gaoxin`."""

    folder: Path
    scenario: dict[str, Any]
    people: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "Example":
        """Read a folder's two tables; its other files are read when they are played."""
        tables = [
            tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in ("scenario.toml", "people.toml")
        ]
        return cls(folder, *tables)

    def text(self, name: str) -> str:
        """The text of one of its files."""
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def starts_at(self) -> datetime:
        """The instant at which the demonstration's clock starts."""
        start: datetime = self.scenario["starts_at"]
        return start

    def officers(self, role: str) -> list[str]:
        """The names of those who hold this role."""
        return [officer["name"] for officer in self.people["officer"] if role in officer["roles"]]

    def candidates(self, contest: str) -> list[tuple[str, str]]:
        """Name and biography of a contest's candidates, in the order proposed."""
        return [(row["name"], row["profile"]) for row in self.people["candidate"] if row["contest"] == contest]
