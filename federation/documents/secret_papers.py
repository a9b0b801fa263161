"""
The secret papers, 投票凭证 and 监票人密钥函: rendered in memory, to be written once and never made again.

They are no part of `render`: their facts are never frozen, so no template of a secretary's and no command that makes a
paper again ever sees a code or a share. No refusal quotes one either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from federation.clock import chinese_date
from federation.facts.secret_papers import KeyLetter, PassSheet

if TYPE_CHECKING:
    from federation.documents.blocks import Block, Script, Table
    from federation.documents.fonts import Fonts
    from federation.documents.slips import Wording

PASS, LETTER = "投票凭证", "监票人密钥函"
SPECIMEN = "样本"

SECRECY = (
    "凭证打乱以后由你自己抽一张；谁抽到哪一张，没有人记录。",
    "你的票一到票箱就密封；投票结束后，要几名监票人一起才能开箱。",
    "票上没有你的姓名和投票时间；开箱以后，票的先后次序已经打乱。",
    "投票时别让旁人看屏幕；凭证代码和核对码不给人看，也不拍照。",
)
"""How a vote stays secret, in four sentences: on every pass, and at the head of docs/how-your-vote-stays-secret.md."""

CHECKS = {
    "presence": "开箱计票后，用核对码可核对你的票已计入；自己收好，不给人看。",
    "paper": "开箱计票后，用核对码可看到所计的票面，请勿示人。",
}
"""What to do with the check code, by what it shows (`record.check` of the method)."""

DUTIES = (
    "1.现在就照本函按次序回输各词，中间用空格隔开。每个词可以输全词、前四个字母或者编号，三种写法都算数。",
    "2.回输无误、试开成功以后，把本函折好装入信封，封口，在封口处骑缝签名，写明封存时间，随身保管。",
    "3.开箱时亲自带到现场，当众拆封，自己输入。不托人代办，不与别人的密钥函放在一处。",
    "4.任何时候都不拍照、不抄录、不念出声、不告诉任何人。",
    "5.遗失、破损或者怀疑被人看过的，立即报告总监票人。",
)
"""What a holder does with her letter, from the drill of the ceremony to the opening of the box."""

RESERVE = "6.备用密钥没有启用的，会议结束前交回，当众撕毁。"


def pass_sheet(
    facts: PassSheet, *, fonts: "Fonts | None" = None, told: Callable[[int], object] = lambda _: None
) -> bytes:
    """
    The PDF of a pile of passes, four to a sheet in the order of the facts; the same facts give the same bytes.

    `told` hears after every sheet how many passes have been laid out on it: two thousand take some seconds.

    `Refused` with all findings where a character has no face in the fonts.
    """
    from federation.documents.pdf import Properties
    from federation.documents.printing import printed
    from federation.documents.slips import sheets
    from federation.documents.typist import Typist

    wording = _wording(facts)
    codes = _signs(code for slip in facts.slips for code in (slip.code, slip.check_code))
    return printed(
        PASS,
        Properties(PASS, facts.federation),
        [*wording.texts(), codes],
        lambda there: sheets(facts.slips, wording, Typist(there), told),
        fonts,
    )


def _signs(secrets: Iterable[str]) -> str:
    """The characters that secrets are made of, each once: a finding quotes the text it is about."""
    return "".join(sorted({sign for secret in secrets for sign in secret}))


def _wording(facts: PassSheet) -> "Wording":
    from federation.documents.prose import plain
    from federation.documents.slips import Wording

    return Wording(
        meeting=plain(_whole_title(facts.federation, facts.meeting, "\n")),
        offices=plain(f"选举：{'、'.join(facts.offices)}"),
        rules="一证一票　遗失不补　未用请交回",
        how=f"手机扫码投票，也可输入网址 {facts.page}" if facts.page else "到投票处扫码，或者输入凭证代码。",
        secrecy=SECRECY,
        check=CHECKS[facts.check],
        specimen=SPECIMEN if facts.specimen else "",
    )


def _whole_title(federation: str, meeting: str, between: str = "") -> str:
    """Federation and meeting, the federation once: the full title of most meetings begins with it."""
    return meeting if meeting.startswith(federation) else f"{federation}{between}{meeting}"


def key_letter(facts: KeyLetter, *, fonts: "Fonts | None" = None) -> bytes:
    """
    The PDF of one holder's letter, one side of A4; the same facts give the same bytes.

    `Refused` with all findings where a character has no face in the fonts.
    """
    from federation.documents.compose import compose
    from federation.documents.furniture import Furniture
    from federation.documents.pdf import Properties
    from federation.documents.printing import printed

    about = _about(facts)
    script = _letter(facts, about)
    furniture = Furniture(specimen=SPECIMEN if facts.specimen else "")
    return printed(
        LETTER,
        Properties(LETTER, facts.federation),
        [text for texts in about.values() for text in texts] + [_signs(word for _, word in facts.words)],
        lambda there: compose(script, there, furniture),
        fonts,
    )


def _about(facts: KeyLetter) -> dict[str, tuple[str, ...]]:
    """Whose share it is and of which key: labels of three characters, each with what stands behind it."""
    from federation.documents.prose import plain, tight

    return {
        "保管人": (plain(facts.holder),),
        "会　议": (plain(_whole_title(facts.federation, facts.meeting)),),
        "选　举": tuple(map(plain, facts.offices)) or ("备用，尚未用于任何一次投票",),
        "密　钥": (plain(f"{tight(facts.label)}，{chinese_date(facts.day)}制"),),
        "指　纹": (plain(f"{facts.fingerprint}（同一密钥的各份密钥函相同）"),),
    }


def _letter(facts: KeyLetter, about: Mapping[str, tuple[str, ...]]) -> "Script":
    from federation.documents import blocks

    subtitle = f"第{facts.place}份，共{facts.holders}份；任意{facts.threshold}份即可开箱"
    duties = DUTIES if facts.offices else (*DUTIES, RESERVE)
    parts: list[Block] = [
        blocks.Title((LETTER,)),
        blocks.Subtitle(subtitle),
        *(blocks.Names(label, names) for label, names in about.items()),
        blocks.Space(),
        _words(facts.words),
        *(blocks.Paragraph(duty) for duty in duties),
        blocks.Space(),
        blocks.Signatures("签　　名", (f"保管人 {about['保管人'][0]}",)),
        blocks.Signatures("封存时间", ()),
    ]
    return blocks.Script("letter", tuple(parts))


def _words(words: Sequence[tuple[int, str]]) -> "Table":
    """Each word with its place and its number in the list; the second half stands beside the first."""
    from federation.documents.blocks import Column, Table

    cells = [(str(place), word, f"{number:04d}") for place, (number, word) in enumerate(words, 1)]
    half = (len(cells) + 1) // 2
    rows = zip_longest(cells[:half], cells[half:], fillvalue=("", "", ""))
    columns = (Column("次序", 2), Column("词", 5), Column("编号", 3))
    return Table((*columns, *columns), tuple((*left, *right) for left, right in rows))
