"""The files that are data: whose come first, and what is said when there is none."""

import re
from pathlib import Path

import pytest

from federation import resources
from federation.errors import Misused, NotFound, Refused
from federation.resources import resource, resource_names
from federation.settings import DEFAULT_DATABASE_URL, Settings


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that carries one method and a migration, as the wheel does, beside the folders of somebody else."""
    data = tmp_path / "site-packages" / "federation" / "_data"
    write(data / "methods" / "congress.toml", "built in")
    write(data / "alembic" / "env.py", "ours")
    write(tmp_path / "site-packages" / "alembic" / "util.py", "somebody else's")
    write(tmp_path / "site-packages" / "examples" / "setup.py", "somebody else's")
    monkeypatch.setattr(resources, "PACKAGE", data.parent)
    monkeypatch.delenv("FEDERATION_TEMPLATES", raising=False)
    return data


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The federation's own folder of templates."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("FEDERATION_TEMPLATES", str(folder))
    return folder


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_what_the_package_carries_is_found(installed: Path):
    """design.md section 1: the wheel maps the data folders to federation/_data."""
    assert resource("methods", "congress.toml") == installed / "methods" / "congress.toml"


@pytest.mark.usefixtures("installed")
def test_a_federations_own_file_comes_before_the_one_of_the_same_name(own: Path):
    """FEDERATION_TEMPLATES, then _data, then the checkout."""
    write(own / "methods" / "congress.toml", "own")
    assert resource("methods", "congress.toml").read_text() == "own"


@pytest.mark.usefixtures("installed")
def test_a_file_the_federation_has_not_replaced_is_the_built_in_one(own: Path):
    """She changes one template and leaves the rest as they are."""
    write(own / "methods" / "plenary.toml", "own")
    assert resource("methods", "congress.toml").read_text() == "built in"


@pytest.mark.usefixtures("installed")
def test_names_are_those_of_every_folder_each_once(own: Path):
    """What may be named in an option: own and built in."""
    write(own / "methods" / "congress.toml", "own")
    write(own / "methods" / "plenary.toml", "own")
    write(own / "methods" / ".congress.toml.swp", "an editor's")
    assert resource_names("methods") == ["congress.toml", "plenary.toml"]


@pytest.mark.usefixtures("installed")
def test_migrations_cannot_be_replaced(own: Path):
    """The schema belongs to the program: a folder of templates must not bring code that runs."""
    write(own / "alembic" / "env.py", "own")
    assert resource("alembic", "env.py").read_text() == "ours"


@pytest.mark.usefixtures("installed")
def test_an_installed_package_does_not_look_beside_itself():
    """In site-packages the folder next door is the real alembic."""
    assert resource_names("alembic") == ["env.py"]
    assert resource_names("examples") == []
    with pytest.raises(NotFound):
        resource("alembic", "util.py")


@pytest.mark.parametrize(
    ("kind", "folder"), [("processes", "templates/processes"), ("web", "templates/web"), ("alembic", "alembic")]
)
def test_a_checkout_has_its_files_at_the_top(
    kind: resources.Kind, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The package of a checkout carries no data of its own."""
    monkeypatch.delenv("FEDERATION_TEMPLATES", raising=False)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "federation")
    write(tmp_path / folder / "file", "at the top")
    assert resource(kind, "file").read_text() == "at the top"
    assert resource(kind, ".") == tmp_path / folder


@pytest.mark.usefixtures("installed")
def test_a_missing_file_is_named_with_those_there_are():
    """A person mistypes a name: she is shown the names there are."""
    with pytest.raises(NotFound, match=r"没有名为“congres.toml”的选举办法文件；现有：congress\.toml"):
        resource("methods", "congres.toml")


@pytest.mark.usefixtures("installed")
def test_an_empty_kind_says_so():
    """No folder at all is no crash."""
    with pytest.raises(NotFound, match="现有：（空）"):
        resource("processes", "founding.toml")


@pytest.mark.parametrize(
    "name",
    ["", "..", "../secret.toml", "a/../../secret.toml", "/etc/passwd", "..\\secret.toml", "C:secret.toml", "a\0b"],
)
def test_a_name_that_leaves_its_folder_is_refused(installed: Path, name: str):
    """Names come from options and from process files, and must not read anything else on the machine."""
    write(installed / "secret.toml", "beside the folder")
    with pytest.raises(Refused, match="选举办法文件的名称"):
        resource("methods", name)


@pytest.mark.usefixtures("installed")
def test_a_folder_of_templates_that_is_not_there_is_said(own: Path):
    """Otherwise a slip in the variable would quietly print the built-in text."""
    own.rmdir()
    with pytest.raises(Misused, match="FEDERATION_TEMPLATES"):
        resource("methods", "congress.toml")


def test_an_empty_variable_is_one_that_is_not_set():
    """A shell script clears a variable by setting it empty."""
    names = ["FEDERATION_DATABASE_URL", "FEDERATION_ACTOR", "FEDERATION_TEMPLATES", "FEDERATION_FONTS"]
    assert Settings.from_environment(dict.fromkeys(names, "")) == Settings.from_environment({}) == Settings()


def test_without_a_url_the_database_is_a_file_in_the_working_directory():
    """design.md section 6."""
    assert Settings.from_environment({}).database_url == DEFAULT_DATABASE_URL == "sqlite:///federation.db"


def test_every_variable_is_read():
    """Font folders are separated as in PATH and keep their order."""
    environ = {
        "FEDERATION_DATABASE_URL": "postgresql://localhost/fulian",
        "FEDERATION_ACTOR": " 王秘书 ",
        "FEDERATION_TEMPLATES": "/srv/templates",
        "FEDERATION_FONTS": "/srv/b::/srv/a",
    }
    assert Settings.from_environment(environ) == Settings(
        database_url="postgresql://localhost/fulian",
        actor="王秘书",
        templates=Path("/srv/templates"),
        fonts=(Path("/srv/b"), Path("/srv/a")),
    )


def test_no_other_variable_is_spoken_of_anywhere():
    """What the program listens to can be read on one page, settings.py; a name misspelt elsewhere would do nothing."""
    package = Path(resources.__file__).parent
    named = {name for file in package.rglob("*.py") for name in variables(file)}
    assert named == variables(package / "settings.py")


def variables(file: Path) -> set[str]:
    """The variables of ours that a file names."""
    return set(re.findall(r"\bFEDERATION_[A-Z_]+", file.read_text()))
