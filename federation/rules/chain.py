"""The journal's chain as pure data: the one spelling of a line, and its hash. The source is design section 3."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(facts: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, characters as they are."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def line_hash(fields: Mapping[str, Any]) -> str:
    """SHA-256, hex, over all that a line says but its own hash; the previous hash is among its fields."""
    said = {name: value for name, value in fields.items() if name != "hash"}
    return hashlib.sha256(canonical(said).encode()).hexdigest()
