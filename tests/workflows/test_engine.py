"""Where a step leads, and the one place that knows the library behind it."""

import ast
from pathlib import Path

import pytest

import federation
from federation.errors import WrongStage
from federation.resources import resource
from federation.workflows import engine
from federation.workflows.definition import Definition, load_definition

PACKAGE = Path(federation.__file__).parent


def shipped(id: str) -> Definition:
    """A process that comes with the program."""
    return load_definition(resource("processes", f"{id}.toml").read_text(encoding="utf-8"), id)


ALL = ["draft", "election", "founding", "meeting", "renewal", "vacancy"]


@pytest.mark.parametrize("id", ALL)
def test_every_step_leads_where_its_file_says(id: str):
    """The engine adds nothing to the table and leaves nothing out."""
    definition = shipped(id)
    for state in definition.states:
        for step in definition.leaving(state):
            assert engine.destination(definition, state, step.event) == step.target


@pytest.mark.parametrize("id", ALL)
def test_no_other_event_leaves_a_state(id: str):
    """Neither a step of another state nor a door that the library adds by itself."""
    definition = shipped(id)
    events = {step.event for step in definition.steps} | {f"to_{state}" for state in definition.states} | {"state"}
    for state in definition.states:
        for event in events - {step.event for step in definition.leaving(state)}:
            with pytest.raises(WrongStage):
                engine.destination(definition, state, event)


@pytest.mark.parametrize("id", ALL)
def test_the_diagram_speaks_chinese(id: str):
    """Every state and every step under its label; the start and the ends marked."""
    definition = shipped(id)
    drawn = engine.diagram(definition)
    assert "stateDiagram-v2" in drawn
    for state in definition.states.values():
        assert f'state "{state.label}" as {state.id}' in drawn
    arrows = dict(line.strip().split(": ", 1) for line in drawn.splitlines() if ": " in line)
    for step in definition.steps:
        for source in step.sources:
            assert step.label in arrows[f"{source} --> {step.target}"].split(" | ")
    assert f"[*] --> {definition.start}" in drawn
    assert drawn.count("--> [*]") == sum(state.end for state in definition.states.values())


def test_only_the_engine_knows_its_library():
    """A third-party engine is imported in one file (design, section 1)."""
    importers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "transitions")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "transitions" for alias in node.names))
    }
    assert importers == {"workflows/engine.py"}
