"""Who has come."""

from dataclasses import replace

from federation.documents.samples.people import HARD_NAMES, HEAD
from federation.facts.papers import AbsenceGroup, AttendanceSlip, PaperFacts

QUORUM = "到会人数须不少于应到会人数的三分之二，即 100 人（选举办法第五条），达到法定人数。"


def attendance_slip() -> AttendanceSlip:
    absent = (
        AbsenceGroup("因病", HARD_NAMES),
        AbsenceGroup("因事", ("请假甲",)),
        AbsenceGroup("值班", ("请假乙", "请假丙")),
    )
    return AttendanceSlip(HEAD, "开会", 150, 144, 6, absent, ("迟到甲",), 5, QUORUM, True)


def before_ballot() -> AttendanceSlip:
    """Too few are left: the slip says that there is no election."""
    gone = tuple(f"离会{number}" for number in range(1, 54))
    quorum = QUORUM.replace("，达到", "，未达到")
    absent = (AbsenceGroup("中途离会", gone),)
    occasion = "选举执行委员会委员（再次投票）"
    return replace(
        attendance_slip(), occasion=occasion, present=97, missing=53, absent=absent, late=(), quorum=quorum, holds=False
    )


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "attendance_slip": ("attendance_slip", attendance_slip()),
    "attendance_slip_short": ("attendance_slip", before_ballot()),
}
