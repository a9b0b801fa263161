"""What a secretary is told of the facts: all of them, and by the names that a template really knows."""

import re

import pytest

from federation.documents import PAPERS
from federation.documents.guide import MARKUP, facts_of
from federation.documents.markup import DIRECTIVES, read
from federation.documents.prose import names


@pytest.mark.parametrize("kind", PAPERS)
def test_the_facts_told_are_the_names_that_a_refusal_names(kind: str):
    assert [fact.name for fact in facts_of(kind)] == names(PAPERS[kind].record)


@pytest.mark.parametrize("kind", PAPERS)
def test_every_fact_says_in_chinese_what_it_is(kind: str):
    """A fact added to a paper is explained in `documents/meanings.py`."""
    assert [fact.name for fact in facts_of(kind) if not fact.meaning or not fact.type] == []


def test_a_list_a_figure_that_may_be_missing_and_a_table_are_told_apart():
    types = {fact.name: fact.type for fact in facts_of("tally_report")}
    assert types["head"] == "见下"
    assert types["head.day"] == "日期"
    assert types["seats"] == "整数"
    assert types["elected"] == "若干文字"
    assert types["results"] == "若干项"
    assert types["results[].against"] == "整数或无"
    assert types["results[].write_in"] == "是或否"
    assert types["ledger.invalid_because"] == "文字→整数"


def test_every_directive_is_told_with_an_example_that_is_understood():
    """What a secretary copies from the page is no fault."""
    assert [word for word in DIRECTIVES if word not in MARKUP] == []
    before = {"@row": "@table 甲 1 | 乙 1 | 丙 1", "@blank": "@choices 甲"}
    for word in DIRECTIVES:
        example = re.sub(r"{{.*?}}", "甲", re.sub(r"{%.*?%}", "", MARKUP[word][0]))
        assert example.split()[0] == word
        assert read(f"{before.get(word, '')}\n{example}".strip(), "x.txt")
