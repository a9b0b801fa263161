"""The two records that a demonstration leaves: the sealed one is taken within the play, the public one at its end."""

import hashlib
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from federation.commands.demo_folder import RECORD, SEALED, DemoFolder

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from federation.demonstration.example import Example
    from federation.demonstration.scenes import Scene
    from federation.facts.acts import Act
    from federation.models import Case


def sealing(place: DemoFolder, example: "Example") -> "Scene":
    """
    Two scrutineers take the sealed record when the last meeting is over, so that the list of what is sealed can say it.

    The file is there before the journal says so; played again it is the same, to the last byte.
    """
    from federation.demonstration.scenes import Scene, Stage
    from federation.services import records

    def take(session: "Session", act: "Act") -> None:
        root = Stage(example).root(session)
        data = _sealed(session, root, example, place.run.seed)
        place.put(SEALED, data)
        records.recorded(session, root, hashlib.sha256(data).hexdigest(), act)

    by, second = example.officers("scrutineer")[:2]
    return Scene(max(meeting["adjourned_at"] for meeting in example.scenario["meetings"].values()), by, take, second)


def _sealed(session: "Session", root: "Case", example: "Example", seed: int) -> bytes:
    from federation.ballotbox.record import write
    from federation.demonstration.ballots import rebuilt
    from federation.services import records

    content = io.BytesIO()
    keys = rebuilt(session, example, seed)
    write(content, records.members(session, root, "sealed", keys, _frozen(session, root)))
    return content.getvalue()


def _frozen(session: "Session", root: "Case") -> dict[str, str]:
    """The SHA-256 of every paper that is frozen by now, as it will be made."""
    from federation.documents import render
    from federation.documents.fonts import pip_fonts
    from federation.services import papers

    orders = [papers.order(session, root, slot.short_id) for slot in papers.available(session, root) if slot.frozen]
    pdfs = ((order.short_id, render(order.kind, order.facts, fonts=pip_fonts())) for order in orders)
    return {short_id: hashlib.sha256(pdf).hexdigest() for short_id, pdf in pdfs}


def write_public(place: DemoFolder, engine: "Engine", made: Mapping[str, str]) -> dict[str, str]:
    """The public record into its file, with the papers that were made; the hashes of both records."""
    from federation import db
    from federation.ballotbox.record import write
    from federation.services import records, selection

    papers = {name.removesuffix(".pdf"): sha256 for name, sha256 in made.items()}
    content = io.BytesIO()
    with db.reading(engine) as session:
        root = selection.case(session, selection.federation(session, ""), "")
        write(content, records.members(session, root, "public", {}, papers))
    place.put(RECORD, content.getvalue())
    sealed = hashlib.sha256((place.path / SEALED).read_bytes()).hexdigest()
    return {"record": hashlib.sha256(content.getvalue()).hexdigest(), "record_sealed": sealed}
