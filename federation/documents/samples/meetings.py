"""Papers of a meeting."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, MEETING, NAMES
from federation.facts.papers import Invited, MeetingNotice, MinuteItem, Minutes, PaperFacts


def minutes(paragraphs: int = 2) -> Minutes:
    body = (
        "会议审议了《某某高新技术产业开发区妇女联合会选举办法（征求意见稿）》。筹备组就2020年9月20日至10月1日征求意见的情况作了说明："
        "共收到意见18条，其中采纳16条、部分采纳1条、未采纳1条，逐条答复并说明了理由。"
        "经举手表决，应到 150 人，实到 148 人，同意 147 人，不同意 0 人，弃权 1 人，超过实到人数的半数，予以通过。"
    )
    items = tuple(
        MinuteItem(heading, (body,) * paragraphs)
        for heading in ("审议通过选举办法", "审议通过章程", "选举产生第一届执行委员会")
    )
    return Minutes(
        head=replace(HEAD, signed_by=FEDERATION),
        mark=f"{MEETING}纪要",
        number="高新妇联〔2020〕1号",
        opening="2020年11月2日，龚䶮同志在某某会堂主持召开妇女代表大会暨妇女联合会成立大会。会议应到代表150人，实到148人，符合规定人数。现将议定事项纪要如下：",
        items=items,
        present=(*HARD_NAMES, *NAMES[:20]),
        absent=("请假甲", "请假乙"),
        observers=("列席甲", "列席乙", "列席丙"),
        late=(NAMES[0], "龚䶮"),
        left=("龚䶮",),
    )


def notice() -> MeetingNotice:
    return MeetingNotice(
        head=replace(HEAD, signed_by=f"{FEDERATION}筹备组", day=date(2020, 10, 26), check_code=""),
        to="全体代表",
        invited=(),
        held_on=date(2020, 11, 2),
        time="9:00",
        place="某某高新区综合楼一号会议厅",
        chair="龚䶮",
        agenda=("通过大会议程和主席团名单", "听取代表资格审查报告", "通过选举办法和章程", "选举第一届执行委员会委员"),
        voters=150,
        observers=3,
    )


def notice_red() -> MeetingNotice:
    """As the preparatory group of a county sends it out: under a red head."""
    head = replace(notice().head, letterhead=f"{FEDERATION}筹备组文件")
    return replace(notice(), head=head, number="高新妇筹〔2020〕3号")


def notices() -> MeetingNotice:
    names = (*HARD_NAMES, "王芳（某某街道第三中学）")
    return replace(notice(), invited=(*(Invited(name, "出席") for name in names), Invited("列席甲", "列席")))


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "meeting_notice": ("meeting_notice", notice()),
    "meeting_notice_red": ("meeting_notice", notice_red()),
    "meeting_notice_each": ("meeting_notice", notices()),
    "minutes": ("minutes", minutes()),
}
