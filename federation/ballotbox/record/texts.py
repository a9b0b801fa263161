"""What a record says, as it may be shown: whoever wrote it chose every name in it."""

import unicodedata
from collections.abc import Iterable

from federation.errors import Finding

_STRANGE = "�"


def shown(text: str) -> str:
    """
    The text on one line, without anything that a terminal obeys or that cannot be seen.

    Else an office called `x⏎结论：真实` would write a verdict of its own under the real one.
    """
    return "".join(_STRANGE if _commands(sign) else sign for sign in text)


def _commands(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def shown_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose words may be shown."""
    return [Finding(shown(each.problem), shown(each.clause), shown(each.remedy)) for each in findings]
