"""The environment variables the program reads, all of them, in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE_URL = "sqlite:///federation.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What the environment asks for; an option on the command line comes before it.

    An empty variable counts as one that is not set, because a shell script clears a variable that way.
    """

    database_url: str = DEFAULT_DATABASE_URL
    """FEDERATION_DATABASE_URL; without it `federation.db` in the working directory."""

    actor: str = ""
    """FEDERATION_ACTOR: the officer who acts when `--as` names none; empty means that nobody is named."""

    templates: Path | None = None
    """FEDERATION_TEMPLATES: a folder with processes/, methods/, documents/ or web/; its files come first."""

    fonts: tuple[Path, ...] = ()
    """FEDERATION_FONTS: font files or folders, looked at in this order before the system's; separated as in PATH."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables as they stand now."""
        templates = environ.get("FEDERATION_TEMPLATES")
        fonts = environ.get("FEDERATION_FONTS", "").split(os.pathsep)
        return cls(
            database_url=environ.get("FEDERATION_DATABASE_URL") or DEFAULT_DATABASE_URL,
            actor=environ.get("FEDERATION_ACTOR", "").strip(),
            templates=Path(templates) if templates else None,
            fonts=tuple(Path(entry) for entry in fonts if entry),
        )
