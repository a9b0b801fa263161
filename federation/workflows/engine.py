"""The state machine itself: the one place that knows the library behind it."""

from functools import lru_cache

from transitions import Machine
from transitions.core import MachineError

from federation.errors import WrongStage
from federation.workflows.definition import Definition, pinned_definition


class _Token:
    """What is moved: a throwaway, because the library hangs methods on whatever it is given."""

    state: str


@lru_cache(maxsize=64)
def _machine(text: str) -> Machine:
    definition = pinned_definition(text)
    return Machine(
        model=None,
        states=list(definition.states),
        transitions=[
            {"trigger": step.event, "source": list(step.sources), "dest": step.target} for step in definition.steps
        ],
        initial=definition.start,
        auto_transitions=False,  # else to_ANYTHING() would walk round every guard
        send_event=False,
    )


def destination(definition: Definition, state: str, event: str) -> str:
    """The state that this event leads to from here; WrongStage where it does not leave this state."""
    machine, token = _machine(definition.text), _Token()
    machine.add_model(token, initial=state)
    try:
        token.trigger(event)  # type: ignore[attr-defined]
    except (MachineError, AttributeError):
        raise WrongStage(f"现处「{definition.states[state].label}」，不能办理 {event}") from None
    finally:
        machine.remove_model(token)
    return token.state


def diagram(definition: Definition) -> str:
    """The process as a Mermaid state diagram, its states and steps under their Chinese labels."""
    from transitions.extensions import GraphMachine

    machine = GraphMachine(
        model=_Token(),
        states=list(definition.states),
        transitions=[
            {"trigger": step.label, "source": list(step.sources), "dest": step.target} for step in definition.steps
        ],
        initial=definition.start,
        auto_transitions=False,
        title=definition.label,
        graph_engine="mermaid",
    )
    labels = {
        f'state "{state.id}" as {state.id}': f'state "{state.label}" as {state.id}'
        for state in definition.states.values()
    }
    drawn = [
        line
        for line in str(machine.get_graph().source).splitlines()
        if not line.strip().startswith(("classDef ", "Class "))
    ]
    ends = [f"  {state.id} --> [*]" for state in definition.states.values() if state.end]
    return (
        "\n".join(
            [line.replace(line.strip(), labels.get(line.strip(), line.strip())) for line in drawn if line.strip()]
            + ends
        )
        + "\n"
    )
