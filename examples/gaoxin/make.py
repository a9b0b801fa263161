"""
Make the data of this example from one seed: the roll, the comments as a workbook, the people, and the ballot boxes.

    python examples/gaoxin/make.py

Everybody here is made up. No outcome is written down anywhere: papers are marked by chance from how well liked each
candidate is, and only what the papers themselves say (a tie across the cut) leads to a further box.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path

from federation.demonstration.cast import ROLES
from federation.demonstration.further import counted_rounds
from federation.demonstration.tables import box_rows, csv_text, profile, roll_rows, toml_text
from federation.facts.counting import Ledger
from federation.rules.methods import ElectionMethod, load_method
from federation.rules.strokes import stroke_order
from federation.sampling import UNITS, SamplePerson, plain_box, sample_box, sample_people
from federation.spreadsheets import engine

HERE = Path(__file__).parent
SEED, PLENARY_SEED = 20201126, 47
HEADING = "# 谁做什么。由 make.py 生成；人物均为虚构。number 是名册序号，name 是名册上显示的姓名。"
MADE_ON = (2020, 11, 2, 9, 0, 0)

DELEGATES, OBSERVERS = 152, 3
PHONE_PAPERS = 89
"""So many rows of the congress's box, from the top, came by phone; the others on paper. See scenario.toml."""

UNIT = {short: full for full, short in UNITS}

# name, unit, born, nationality, politics, and a line on each for the 简介
CANDIDATES = (
    ("龚䶮", "综合办", date(1974, 3, 8), "汉族", "中共党员", "园区筹建以来一直从事群众工作，熟悉机关和社区情况。"),
    ("王芳", "三中", date(1979, 9, 1), "汉族", "中共党员", "中学高级教师，主持家长学校八年。"),
    ("阿依古丽·买买提", "区医院", date(1985, 6, 12), "维吾尔族", "群众", "妇产科主治医师，多次到社区义诊。"),
    ("欧阳晓岚", "一小", date(1981, 4, 20), "汉族", "中共党员", "小学副校长，倡办课后托管。"),
    ("陈𠅤", "社会局", date(1983, 11, 30), "汉族", "中共党员", "负责养老和托育服务。"),
    ("田富", "柳塘社区", date(1970, 1, 17), "土家族", "中共党员", "社区工作者，调解家庭纠纷二十年。"),
    ("田大利", "望湖社区", date(1988, 8, 5), "土家族", "群众", "社区网格员，组织妇女读书会。"),
    ("周敏仪", "经发局", date(1977, 12, 9), "汉族", "中共党员", "联系园区企业，推动女职工技能培训。"),
    ("邓云舒", "青禾街道", date(1984, 2, 26), "汉族", "中共党员", "街道妇女工作负责人。"),
    ("陈若溪", "云母山街道", date(1986, 7, 14), "汉族", "中共党员", "街道综合服务窗口负责人。"),
    ("丁一禾", "晨星电子", date(1990, 10, 3), "汉族", "群众", "车间班组长，技术能手。"),
    ("刘佩瑶", "百川生物", date(1982, 5, 19), "汉族", "民盟盟员", "研发工程师，带教青年女科技人员。"),
    ("何静姝", "远帆新材", date(1980, 9, 23), "汉族", "群众", "企业工会女工委员。"),
    ("马秋澜", "市监分局", date(1978, 6, 1), "回族", "中共党员", "从事消费维权工作。"),
    ("谭慧", "区医院", date(1976, 4, 4), "汉族", "中共党员", "护理部主任。"),
    ("彭雪茵", "三中", date(1989, 1, 28), "苗族", "民进会员", "心理健康教师，开设青春期课堂。"),
    ("向晚晴", "青禾街道", date(1991, 3, 15), "土家族", "中共党员", "返乡创业，办有手工作坊。"),
)
CHAIR = ("龚䶮",)
VICE_CHAIRS = ("王芳（三中）", "陈若溪", "欧阳晓岚")
LIKING = {"龚䶮": 0.93, "王芳（三中）": 0.9, "陈若溪": 0.65, "欧阳晓岚": 0.65}
NAMESAKE = ("王芳", "区医院", date(1987, 2, 11), "汉族", "群众")

# name, unit, what she does at both meetings
STAFF = (
    ("蒋文瑛", "综合办", "preparatory_group"),
    ("唐知夏", "社会局", "secretary"),
    ("秦素芬", "市监分局", "chief_scrutineer"),
    ("贺兰芝", "一小", "scrutineer"),
    ("夏雨桐", "三中", "scrutineer"),
    ("苏锦云", "区医院", "scrutineer"),
    ("陆婉宁", "青禾街道", "scrutineer"),
    ("严竹君", "经发局", "chief_teller"),
    ("熊思佳", "云母山街道", "teller"),
    ("孟可欣", "望湖社区", "teller"),
    ("薛冰洁", "柳塘社区", "teller"),
    ("白露霏", "晨星电子", "teller"),
    ("段怡然", "百川生物", "teller"),
    ("侯子衿", "远帆新材", "teller"),
)


def roll() -> list[SamplePerson]:
    """The delegates by unit, then the observers: those named above and as many drawn ones as are missing."""
    named = [_named(*row[:5]) for row in (*CANDIDATES, NAMESAKE)]
    drawn = sample_people(DELEGATES + OBSERVERS, SEED)
    taken = {person.name for person in named} | {name for name, _, _ in STAFF}
    free = [person for person in drawn if person.name not in taken]
    staff = [replace(free.pop(), name=name, unit=UNIT[unit], unit_short=unit) for name, unit, _ in STAFF]
    delegates = [*named, *staff, *free[: DELEGATES - len(named) - len(staff)]]
    shorts = [short for _, short in UNITS]
    return [*sorted(delegates, key=lambda person: shorts.index(person.unit_short)), *free[-OBSERVERS:]]


def _named(name: str, unit: str, born_on: date, ethnicity: str, politics: str) -> SamplePerson:
    return SamplePerson(name, "女", born_on, ethnicity, politics, UNIT[unit], unit)


def shown(person: SamplePerson, people: Sequence[SamplePerson]) -> str:
    """The name as printed: two of one name carry their unit."""
    same = sum(other.name == person.name for other in people)
    return f"{person.name}（{person.unit_short}）" if same > 1 else person.name


def save_workbook(path: Path, title: str, rows: Iterable[Sequence[object]]) -> None:
    """An .xlsx whose bytes depend on the rows alone: fixed dates in its properties and in its archive."""
    book = engine().Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*MADE_ON).encode()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            target.writestr(zipfile.ZipInfo(name, MADE_ON), content, zipfile.ZIP_DEFLATED)


def save_box(id: str, candidates: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """One row a paper returned; the columns between the candidates and 票面 are write-ins."""
    path = HERE / f"box-{id}.csv"
    path.write_text(csv_text(box_rows(candidates, rows)), encoding="utf-8", newline="\n")
    return path


def plenary_boxes(method: ElectionMethod, contest: str, candidates: Sequence[str], papers: int, seed: int) -> None:
    """A contest's first box, and one more for as long as the count asks for it."""
    seeds = count(seed)

    def marked(id: str, listed: Sequence[str], seats: int) -> Path:
        return save_box(id, listed, plain_box(papers, seats, next(seeds), [LIKING[name] for name in listed]))

    list(counted_rounds(method, contest, candidates, Ledger(due=papers, present=papers, issued=papers), marked))


def people_data(people: Sequence[SamplePerson]) -> dict[str, object]:
    """Who does what: the officers, the candidates, and who was absent, late or left early."""
    number = {shown(person, people): place for place, person in enumerate(people, 1)}
    by_role = {role: [name for name, _, held in STAFF if held == role] for _, _, role in STAFF}
    return {
        "presidium": [*by_role["preparatory_group"], *by_role["secretary"], *_presidium(people)],
        "secretary_general": by_role["secretary"][0],
        "presiding_chair": by_role["preparatory_group"][0],
        "officer": [
            {"name": name, "number": number[name], "unit": UNIT[unit], "roles": ROLES[role]}
            for name, unit, role in STAFF
        ],
        "duties": {
            meeting: {
                "chief_scrutineer": by_role["chief_scrutineer"][0],
                "scrutineers": by_role["scrutineer"][:scrutineers],
                "chief_teller": by_role["chief_teller"][0],
                "tellers": by_role["teller"][:tellers],
            }
            for meeting, scrutineers, tellers in (("congress", 4, 6), ("plenary", 2, 2))
        },
        "candidate": [
            {"contest": contest, "name": name, "number": number[name], "profile": _profile(name)}
            for contest, names in (("members", member_names(people)), ("chair", CHAIR), ("vice_chairs", VICE_CHAIRS))
            for name in names
        ],
        "attendance": _attendance(people),
    }


def member_names(people: Sequence[SamplePerson]) -> list[str]:
    """The candidates for the committee as printed, in ballot order."""
    standing = {(name, UNIT[unit]) for name, unit, *_ in CANDIDATES}
    return stroke_order((shown(p, people) for p in people if (p.name, p.unit) in standing), "surname")


def _profile(name: str) -> str:
    row = next(row for row in CANDIDATES if name in (row[0], f"{row[0]}（{row[1]}）"))
    return profile(_named(*row[:5]), row[5])


def _ordinary(people: Sequence[SamplePerson]) -> list[str]:
    """Delegates who neither stand nor serve, in roll order."""
    busy = {name for name, *_ in (*CANDIDATES, *STAFF)}
    return [person.name for person in people[:DELEGATES] if person.name not in busy]


def _presidium(people: Sequence[SamplePerson]) -> list[str]:
    return _ordinary(people)[5:40:5]


def _attendance(people: Sequence[SamplePerson]) -> dict[str, object]:
    """At the congress; the plenary is attended in full."""
    ordinary = _ordinary(people)
    absent = zip(ordinary[-9::3], ("因病", "因事", "值班"), strict=True)
    return {
        "congress": {
            "absent": [{"name": name, "reason": reason} for name, reason in absent],
            "late": [{"name": ordinary[11], "at": "09:25"}],
            "left": [{"name": ordinary[46], "at": "11:50"}],
        },
        "plenary": {"absent": [], "late": [], "left": []},
    }


def main() -> None:
    people = roll()
    save_workbook(HERE / "roll.xlsx", "代表名册", roll_rows(people, DELEGATES))
    with (HERE / "comments.csv").open(encoding="utf-8", newline="") as file:
        save_workbook(HERE / "comments.xlsx", "意见汇总", csv.reader(file))
    text = f"{HEADING}\n\n{toml_text(people_data(people))}"
    (HERE / "people.toml").write_text(text, encoding="utf-8", newline="\n")
    methods = (HERE / f"method-{name}.toml" for name in ("congress", "plenary"))
    congress, plenary = (load_method(path.read_text(encoding="utf-8"), path.name) for path in methods)
    names, seats = member_names(people), congress.contest("members").seats
    others, papers = _ordinary(people), DELEGATES - 4
    save_box("members", names, sample_box(len(names), papers, seats, SEED, others=others, phones=PHONE_PAPERS))
    plenary_boxes(plenary, "chair", CHAIR, seats, PLENARY_SEED)
    plenary_boxes(plenary, "vice_chairs", VICE_CHAIRS, seats, PLENARY_SEED + 1)


if __name__ == "__main__":
    main()
