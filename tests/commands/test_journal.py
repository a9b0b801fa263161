"""`journal`: shown line by line, verified from the first to the head."""

from sqlalchemy import text

from tests.databases import disposed
from tests.shell import Run, answer


def test_a_line_tells_when_who_what(founded: Run):
    """The act under the label that the case's process gives it."""
    founded("step", "form_group", "--note", "五人", "--as", "王秘书", code=0)
    line = answer(founded("journal", "show", "--last", "1", "--json", code=0))[0]
    assert line["sequence"] == 3
    assert (line["actor"], line["label"], line["subject"]) == ("王秘书", "成立筹备组", "founding-1")
    assert (line["stated"], line["recorded_at"]) == ("2020-11-02 09:00", "2020-11-02T01:00:00Z")
    assert line["facts"] == {"file": "", "note": "五人"}
    assert "成立筹备组" in founded("journal", "show", code=0).stdout


def test_the_lines_of_one_case(founded: Run):
    """It and everything below it, and nothing of the others."""
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    founded("step", "accept", "--case", "vacancy-1", "--as", "王秘书", code=0)
    shown = answer(founded("journal", "show", "--case", "vacancy-1", "--json", code=0))
    assert [line["act"] for line in shown] == ["open_case", "accept"]
    founded("journal", "show", "--case", "nirgends", code=3)


def test_the_last_so_many_in_order(founded: Run):
    """At least one."""
    founded("step", "form_group", "--as", "王秘书", code=0)
    shown = answer(founded("journal", "show", "--last", "2", "--json", code=0))
    assert [line["sequence"] for line in shown] == [2, 3]
    founded("journal", "show", "--last", "0", code=2)


def test_the_database_has_a_journal_of_its_own(founded: Run):
    """Made, upgraded, copied, brought back."""
    assert [line["act"] for line in answer(founded("journal", "show", "--database", "--json", code=0))] == ["init"]


def test_verify_prints_how_many_lines_and_the_head(founded: Run):
    """The head is the 校验码 that papers carry."""
    founded("add", "cunyi", "示例村妇女联合会", "--as", "王秘书", code=0)
    chains = answer(founded("journal", "verify", "--json", code=0))["chains"]
    assert [(chain["of"], chain["lines"]) for chain in chains] == [("database", 1), ("cunyi", 1), ("gaoxin", 2)]
    last = answer(founded("journal", "show", "--federation", "gaoxin", "--last", "1", "--json", code=0))[0]
    assert chains[2]["head"] == last["hash"]
    assert last["hash"] in founded("journal", "verify", code=0).stdout
    only = answer(founded("journal", "verify", "--federation", "gaoxin", "--json", code=0))["chains"]
    assert only == [chains[2]]
    founded("journal", "verify", "--federation", "nirgends", code=3)


def test_a_bad_line_is_named(founded: Run, database_url: str):
    """Exit 5, whose journal and which line."""
    with disposed(database_url) as engine, engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER journal_lines_no_update"))
        else:
            connection.execute(text("DROP TRIGGER journal_lines_append_only ON journal_lines"))
        connection.execute(text("UPDATE journal_lines SET actor = '别人' WHERE act = 'open_case'"))
    assert "gaoxin：第 2 行" in founded("journal", "verify", code=5).stderr
    assert "触发器" in founded("db", "check", code=5).stderr


def test_a_code_from_paper_is_found_in_the_journal(founded: Run):
    """Ink anchors the chain: whoever rewrites the journal cannot rewrite the paper."""
    code = answer(founded("journal", "show", "--last", "1", "--json", code=0))[0]["hash"]
    assert "立案" in founded("journal", "verify", "--against", f" {code.upper()} ", code=0).stdout
    assert "没有校验码" in founded("journal", "verify", "--against", code[::-1], code=5).stderr
