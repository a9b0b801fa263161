"""`officer`: who acts, and as what."""

from tests.shell import Run, answer


def test_an_officer_is_given_roles_and_the_journal_says_so(founded: Run):
    """Every change has a line."""
    founded("officer", "add", "李监票", "--role", "scrutineer", "--role", "teller", "--as", "王秘书", code=0)
    assert ["李监票", ["scrutineer", "teller"]] in answer(founded("officer", "list", "--json", code=0))
    line = answer(founded("journal", "show", "--last", "1", "--json", code=0))[0]
    assert (line["act"], line["facts"]) == ("add_officer", {"name": "李监票", "roles": ["scrutineer", "teller"]})


def test_a_role_may_be_given_by_the_name_that_the_program_itself_says(founded: Run):
    """孙计票：计票人 is what it answers, so it is understood as well."""
    assert (
        founded("officer", "add", "孙计票", "--role", "计票人", "--as", "王秘书", code=0).stdout == "孙计票：计票人\n"
    )
    assert ["孙计票", ["teller"]] in answer(founded("officer", "list", "--json", code=0))


def test_the_same_roles_again_change_nothing(founded: Run):
    """No second line."""
    first = answer(founded("officer", "add", "李监票", "--role", "teller", "--as", "王秘书", "--json", code=0))
    again = answer(founded("officer", "add", "李监票", "--role", "teller", "--as", "王秘书", "--json", code=0))
    assert (first["changed"], again["changed"]) == (True, False)
    assert len(answer(founded("journal", "show", "--json", code=0))) == 3


def test_only_the_administrator_gives_roles(founded: Run):
    """Else anybody could make herself scrutineer."""
    founded("officer", "add", "李监票", "--role", "scrutineer", "--as", "王秘书", code=0)
    founded("officer", "add", "赵某", "--role", "secretary", "--as", "李监票", code=5)
    assert "赵某" not in founded("officer", "list", code=0).stdout


def test_who_is_not_registered_may_not_act(founded: Run):
    """Exit 3, with the command that registers her."""
    assert "federation officer add 无名氏" in founded("step", "form_group", "--as", "无名氏", code=3).stderr


def test_an_act_needs_an_officer(founded: Run):
    """`--as`, or FEDERATION_ACTOR (design, section 6)."""
    assert "--as" in founded("step", "form_group", code=2).stderr


def test_the_surroundings_may_name_the_officer(founded: Run, monkeypatch):
    """FEDERATION_ACTOR counts where `--as` names none, and `--as` comes before it."""
    monkeypatch.setenv("FEDERATION_ACTOR", "无名氏")
    founded("step", "form_group", code=3)
    founded("step", "form_group", "--as", "王秘书", code=0)


def test_an_unknown_role_is_a_usage_error_in_chinese(founded: Run):
    """The choices are named."""
    refused = founded("officer", "add", "李监票", "--role", "queen", "--as", "王秘书", code=2)
    assert "可选" in refused.stderr
    assert "scrutineer" in refused.stderr
