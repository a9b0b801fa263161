"""`init`, `add`, `list`, `show`."""

from pathlib import Path

from federation.clock import SetClock
from tests.shell import NAME, Run, answer, runner


def test_init_makes_the_database_the_federation_and_its_first_officer(tmp_path: Path, clock: SetClock):
    """Only init, restore and demo create a database (design, section 6)."""
    run = runner(f"sqlite:///{tmp_path / 'new.db'}", clock)
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    shown = answer(run("show", "--json", code=0))
    assert shown["name"] == NAME
    assert shown["officers"] == [["王秘书", ["administrator", "preparatory_group", "secretary"]]]


def test_init_again_changes_nothing(founded: Run):
    """A repeat with the same facts says so."""
    before = founded("journal", "verify", "--json", code=0).stdout
    assert "已办理，未作改动" in founded("init", "gaoxin", NAME, "--as", "王秘书", code=0).stdout
    assert founded("journal", "verify", "--json", code=0).stdout == before


def test_init_with_another_name_is_refused(founded: Run):
    """The second federation of a database is added by its administrator, not by a second init."""
    refused = founded("init", "gaoxin", "另一个妇联", "--as", "王秘书", code=5)
    assert "federation add" in refused.stderr


def test_a_refused_init_leaves_no_database_behind(tmp_path: Path, clock: SetClock):
    """A database without its first federation would be neither there nor not there."""
    run = runner(f"sqlite:///{tmp_path / 'new.db'}", clock)
    run("init", "Gao Xin", NAME, "--as", "王秘书", code=2)
    assert list(tmp_path.glob("new.db*")) == []


def test_a_federation_below_another_is_added_by_its_administrator(founded: Run):
    """Many federations live in one database, each under its superior."""
    founded("officer", "add", "李监票", "--role", "scrutineer", "--as", "王秘书", code=0)
    village = ("add", "cunyi", "示例村妇女联合会", "--level", "village", "--superior", "gaoxin")
    assert "管理员" in founded(*village, "--as", "李监票", code=5).stderr
    founded(*village, "--as", "王秘书", code=0)
    assert "已办理，未作改动" in founded(*village, "--as", "王秘书", code=0).stdout
    listed = {row["id"]: row["superior"] for row in answer(founded("list", "--json", code=0))}
    assert listed == {"cunyi": "gaoxin", "gaoxin": ""}


def test_an_id_or_a_name_is_given_once(founded: Run):
    """Two federations of one name could not be told apart on paper."""
    for short_id, name in (("gaoxin", "别的名称"), ("biede", NAME)):
        assert "已有 gaoxin" in founded("add", short_id, name, "--as", "王秘书", code=5).stderr


def test_an_unknown_federation_is_not_found(founded: Run):
    """Exit 3, and the way to the list."""
    assert "federation list" in founded("show", "nirgends", code=3).stderr


def test_where_several_federations_are_the_officer_says_which(founded: Run):
    """Exit 2 lists them (design, section 6)."""
    founded("add", "cunyi", "示例村妇女联合会", "--as", "王秘书", code=0)
    assert "--federation 指明：cunyi、gaoxin" in founded("status", code=2).stderr
    founded("status", "--federation", "gaoxin", code=0)
