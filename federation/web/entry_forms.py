"""The form of a paper at the paper desk: what its fields are called, and the paper that was entered with it."""

from starlette.datastructures import FormData

from federation.boxes import clean_name, is_several
from federation.errors import Finding, Refused
from federation.facts.counting import Paper, WriteIn
from federation.facts.entries import DeskSheet
from federation.web.forms import LONGEST_NAME, field_of


def read(sheet: DeskSheet, form: FormData) -> Paper:
    """
    The paper of a form; Refused where a name has no mark: what was overlooked is not what was left blank.

    Of a paper that is void by its face the names need no marks. Two names in one box are refused: counted as one they
    would be somebody's whom nobody knows.
    """
    allowed = {key.mark for key in sheet.keys}
    stray, illegible = _is_set(form, "stray"), _is_set(form, "illegible")
    marks = [field_of(form, f"mark:{place}") for place in range(1, len(sheet.names) + 1)]
    missing = [name for name, mark in zip(sheet.names, marks, strict=True) if mark not in allowed]
    if missing and not (illegible or (stray and sheet.stray_voids)):
        finding = Finding(f"还有 {len(missing)} 人没有录：{'、'.join(missing[:5])}", remedy="空着的也要选一下")
        raise Refused("没有录入", [finding])
    whole = "".join(mark if mark in allowed else sheet.empty for mark in marks)
    return Paper(whole, tuple(_written(sheet, form)), stray, illegible)


def _written(sheet: DeskSheet, form: FormData) -> list[WriteIn]:
    found = []
    for place in range(1, sheet.boxes + 1):
        name = clean_name(field_of(form, f"name:{place}"))[:LONGEST_NAME]
        unclear = _is_set(form, f"unclear:{place}")
        if is_several(name):
            finding = Finding(f"一格写一个姓名，第 {place} 格写了几个：{name}", remedy="一人一格分开写")
            raise Refused("没有录入", [finding])
        if name or unclear:
            signed = sheet.needs_sign and not unclear and _is_set(form, f"signed:{place}")
            found.append(WriteIn(name, signed, unclear))
    return found


def _is_set(form: FormData, name: str) -> bool:
    return field_of(form, name) == "yes"
