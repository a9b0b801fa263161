"""
Where the files that are data lie: processes, methods, templates, migrations, examples.

A federation's own folder comes first (FEDERATION_TEMPLATES), then what the installed package carries in
`federation/_data`, then the checkout. So a secretary changes one template and leaves the rest as they are.
"""

from pathlib import Path, PurePosixPath
from typing import Literal

from federation.errors import Misused, NotFound, Refused
from federation.settings import Settings

Kind = Literal["processes", "methods", "documents", "web", "examples", "alembic"]

LABELS: dict[Kind, str] = {
    "processes": "流程文件",
    "methods": "选举办法文件",
    "documents": "文书模板",
    "web": "网页模板",
    "examples": "示例",
    "alembic": "数据库升级脚本",
}
REPLACEABLE: frozenset[Kind] = frozenset({"processes", "methods", "documents", "web"})

PACKAGE = Path(__file__).resolve().parent


def resource(kind: Kind, name: str, own: Path | None = None) -> Path:
    """
    The file or folder of this kind with this name (`/` between levels; `.` is the kind's own folder), wherever it lies.

    `own` is a folder that an option named: it comes before the one that the environment names. Raises `NotFound` with
    the names there are, and `Refused` for a name that would leave the kind's folder: names reach this from options and
    from process files.
    """
    parts = _parts(kind, name)
    for folder in _folders(kind, own):
        if (found := folder.joinpath(*parts)).exists():
            return found
    there = "、".join(resource_names(kind)) or "（空）"
    raise NotFound(f"没有名为“{name}”的{LABELS[kind]}；现有：{there}")


def resource_names(kind: Kind) -> list[str]:
    """The names at the first level of a kind, sorted, each once, whichever folder it comes from."""
    names = {entry.name for folder in _folders(kind) if folder.is_dir() for entry in folder.iterdir()}
    return sorted(name for name in names if not name.startswith((".", "__")))


def _parts(kind: Kind, name: str) -> tuple[str, ...]:
    """The levels of a name that stays inside its folder."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0"):
        raise Refused(f"{LABELS[kind]}的名称“{name}”不合规：不得为空，不得以“/”开头，不得含“..”、“\\”或“:”")
    return path.parts


def _folders(kind: Kind, own: Path | None = None) -> list[Path]:
    """The folders to look in, first the one that wins."""
    named = [own / kind] if own else []
    return [*named, *_own_folders(kind), built_in(kind)]


def _own_folders(kind: Kind) -> list[Path]:
    """The federation's own folder, if it has named one: a wrong one is said, not passed over."""
    own = Settings.from_environment().templates
    if own is None or kind not in REPLACEABLE:
        return []
    if not own.is_dir():
        raise Misused(f"环境变量 FEDERATION_TEMPLATES 所指的文件夹不存在：{own}")
    return [own / kind]


def built_in(kind: Kind) -> Path:
    """
    The folder of this kind that came with the program, whatever a federation has put before it.

    The checkout counts only where the package carries no data: beside an installed package lies the `alembic` of
    somebody else.
    """
    carried = PACKAGE / "_data"
    if carried.is_dir():
        return carried / kind
    return PACKAGE.parent / "templates" / kind if kind in REPLACEABLE else PACKAGE.parent / kind
