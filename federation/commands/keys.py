"""`election ceremony` and `election unseal`: the key of a ballot box, from its making to its opening."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import click
from sqlalchemy.orm import Session

from federation.ballotbox import ceremony as rite
from federation.ballotbox import shares
from federation.ballotbox.ceremony import KeySet
from federation.ballotbox.seal import fingerprint
from federation.commands import secrets
from federation.commands.desk import Desk, acts
from federation.commands.passes import destroyed
from federation.commands.progress import bar
from federation.commands.shell import command
from federation.errors import Finding, Misused, Refused, refuse_if
from federation.facts.acts import Act
from federation.facts.secret_papers import KeyLetter
from federation.models import Federation
from federation.services import keys, secret_files, unsealing
from federation.services.polls import Poll, poll_of
from federation.system_faults import in_chinese

LARGE = 2000
"""Sealed ballots from which on it pays to open them in several processes."""
TRIES = 5
"""How often a holder may mistype her share before the ceremony is broken off."""


@command(
    "ceremony",
    example="federation election ceremony --holder 李监票 --holder 赵监票 --holder 周监票 --threshold 2"
    " --letters 密钥函 --contest members --as 李监票 --with 赵监票",
)
@click.option("--holder", "holders", multiple=True, metavar="姓名", help="保管份额的监票人，至少 3 名，逐个写明")
@click.option("--threshold", type=int, default=0, metavar="人数", help="几人到齐才能开箱：不少于 2，少于保管人数")
@click.option(
    "--letters", type=click.Path(path_type=Path), metavar="文件夹", help="密钥函写到哪个新文件夹，每人一个文件"
)
@click.option("--present", multiple=True, metavar="姓名", help="其他在场的人，记入日志")
@click.option("--reserve", type=click.IntRange(0, 5), default=0, metavar="套数", help="同时备几套密钥，供以后各轮使用")
@click.option("--use-reserve", type=int, default=0, metavar="号", help="本轮启用第几号备用密钥，不另举行仪式")
@click.option("--void-key", is_flag=True, help="开始投票之前作废本票箱的密钥（密钥函遗失或被看过），另行举行仪式")
@click.option("--void-reserves", is_flag=True, help="当众作废全部未用的备用密钥")
@click.option(
    "--destroy",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="印好之后由两名监票人销毁：一个文件或整个文件夹",
)
@acts("contest")
def ceremony(
    desk: Desk,
    holders: tuple[str, ...],
    threshold: int,
    letters: Path | None,
    present: tuple[str, ...],
    reserve: int,
    use_reserve: int,
    void_key: bool,
    void_reserves: bool,
    destroy: Path | None,
) -> None:
    """密钥仪式：生成票箱密钥，分给监票人，逐人回输、当场试开，只留下公钥。

    一次办完：写出密钥函 → 各人打印自己的一份 → 各人把份额输回 → 每人的份额都试开过 → 公钥入库。中断即作废，重新举行。
    """
    if destroy:
        destroyed(desk, destroy)
    elif use_reserve:
        with desk.acting() as (session, act):
            outcome = keys.use_reserve(session, poll_of(session, desk.round(session).election_id), use_reserve, act)
        desk.done(outcome, f"本轮启用第 {use_reserve} 号备用密钥")
    elif void_key:
        with desk.acting() as (session, act):
            outcome = keys.void_key(session, poll_of(session, desk.round(session).election_id), act)
        desk.done(outcome, "本票箱的密钥已作废，请当众撕毁密钥函，重新举行密钥仪式")
    elif void_reserves:
        with desk.acting() as (session, act):
            outcome = keys.void_reserves(session, poll_of(session, desk.round(session).election_id), act)
        desk.done(outcome, "未用的备用密钥已全部作废，请当众撕毁密钥函")
    else:
        if letters is None:
            raise Misused("请用 --letters 写明密钥函写到哪个文件夹")
        _hold(desk, holders, threshold, letters, present, reserve)


def _hold(
    desk: Desk, holders: Sequence[str], threshold: int, folder: Path, present: Sequence[str], reserve: int
) -> None:
    """The ceremony itself: nothing of it is committed before every share was typed back and tried."""
    _leave_no_image()
    act = desk.act()
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        first = keys.may_be_held(session, poll, holders, threshold, act)
        _refuse_leftovers(folder, secret_files.void_letters(session, poll, folder))
        letter = _letter_of(session, poll, act)
    sets = [rite.new_key_set(threshold, len(holders)) for _ in range(1 + reserve)]
    hashes = _write_letters(folder, sets, holders, first, letter)
    try:
        _told(f"密钥函已写入 {folder}，每人一个文件。各人只打印自己的一份；全部打印好之后继续。")
        for number, key_set in enumerate(sets, first):
            _drill(key_set, holders, number, first)
        with desk.acting() as (session, act):
            poll = poll_of(session, desk.round(session).election_id)
            letters = {file.name: sha256 for file, sha256 in hashes.items()}
            outcome = keys.record_ceremony(session, poll, sets, holders, present, letters, act)
            contest = poll.rounds[0].short_id
    except BaseException:
        for file in hashes:
            file.unlink(missing_ok=True)  # shares of a key that no box has are of no use to anybody
        with contextlib.suppress(OSError):  # so that the same command holds it again
            folder.rmdir()
        _told(f"密钥仪式没有办成，这一次的密钥函作废：{folder} 里的文件已删除，已经打印的请当众撕毁，重新举行仪式。")
        raise
    said = (
        f"密钥仪式完成：{len(holders)} 人保管，任意 {threshold} 人到齐可开箱；公钥指纹 {fingerprint(sets[0].public)}。"
        f"\n请立即销毁密钥函文件（整个文件夹一次办），只留各人手中封好的一份：\n"
        f"  federation election ceremony --destroy {folder} --contest {contest} --as {act.by} --with {act.second}"
    )
    desk.done(outcome, said, public=sets[0].public.hex(), letters=[str(file) for file in hashes])


def _refuse_leftovers(folder: Path, letters: Sequence[str]) -> None:
    """A folder with letters of a ceremony that was cut off: they open nothing, and somebody may have printed hers."""
    left = f"文件夹 {folder} 里有上一次没有办成的仪式留下的密钥函：{'、'.join(letters)}"
    remedy = "删除这个文件夹；已经打印的当众撕毁；再办一次"
    finding = Finding(f"{left}。它们已经作废，开不了任何票箱", "中断的仪式作废", remedy)
    refuse_if("不能写密钥函", [finding] if letters else [])


def _leave_no_image() -> None:
    """A crash of this process must not write its memory to disk."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


Letter = Callable[[KeySet, int, int, str, str], KeyLetter]


def _letter_of(session: Session, poll: Poll, act: Act) -> Letter:
    """What the letters of this poll say, ready for any set, place and holder."""
    of = session.get_one(Federation, poll.case.federation_id)
    meeting, offices = poll.meeting_case.label, tuple(round.office for round in poll.rounds)

    def letter(key_set: KeySet, place: int, number: int, label: str, holder: str) -> KeyLetter:
        return KeyLetter(
            federation=of.name,
            meeting=meeting,
            offices=() if label else offices,
            label=label or f"第 {number} 号密钥",
            holder=holder,
            place=place,
            holders=len(key_set.shares),
            threshold=key_set.threshold,
            words=tuple(shares.numbered(key_set.shares[place - 1])),
            fingerprint=fingerprint(key_set.public),
            day=act.stated.day,
            specimen=of.specimen,
        )

    return letter


def _write_letters(
    folder: Path, sets: Sequence[KeySet], holders: Sequence[str], first: int, letter: Letter
) -> dict[Path, str]:
    """A file a holder and set, in a folder of their own, with the hash of each; none of them where one fails."""
    from federation.documents import key_letter

    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        finding = Finding(f"文件夹 {folder} 已经存在", "机密文书只写一次，不覆盖、不重做", "换一个新文件夹")
        raise Refused("不能写密钥函", [finding]) from None
    except OSError as error:
        raise Misused(f"建不了文件夹 {folder}：{in_chinese(error)}") from None
    written: dict[Path, str] = {}
    try:
        for number, key_set in enumerate(sets, first):
            label = f"备用密钥（第 {number} 号）" if number > first else ""
            for place, holder in enumerate(holders, 1):
                file = folder / f"{secret_files.LETTER}-{number}-{place}-{holder}.pdf"
                written[file] = secret_files.write_once(file, key_letter(letter(key_set, place, number, label, holder)))
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        folder.rmdir()
        raise
    return written


def _drill(key_set: KeySet, holders: Sequence[str], number: int, first: int) -> None:
    """Every holder types her share back; then sets that cover all of them open a test ballot."""
    which = "" if number == first else f"备用密钥（第 {number} 号）："
    typed = [_typed_back(key_set, place, f"{which}{holder}") for place, holder in enumerate(holders, 1)]
    proved = rite.prove(key_set, typed)
    told = "、".join("＋".join(holders[place - 1] for place in places) for places in proved)
    _told(f"{which}试开成功：{told}")


def _typed_back(key_set: KeySet, place: int, who: str) -> str:
    for left in range(TRIES - 1, -1, -1):
        try:
            return rite.typed_back(key_set, place, secrets.ask(f"{who}，请输入你的份额", "没有输入份额，密钥仪式中止"))
        except Misused as refused:
            if not left or not sys.stdin.isatty():
                raise
            _told(f"{refused}（还可再试 {left} 次）")
    raise AssertionError("the last try returned or raised")


def _told(text: str) -> None:
    """For those in the room: on standard error, so that --json stays one object."""
    click.echo(text, err=True)


@command("unseal", example="federation election unseal --contest members --as 李监票 --with 赵监票")
@click.option("--processes", type=int, default=0, metavar="个数", help="用几个进程开启；不写则按票数和处理器决定")
@acts("contest")
def unseal(desk: Desk, processes: int) -> None:
    """开启凭证选票：监票人到齐规定人数，逐人输入份额（不显示）。须先清除投票痕迹、宣布选举有效。"""
    _leave_no_image()
    act = desk.act()
    with desk.reading() as session:
        poll = poll_of(session, desk.round(session).election_id)
        wanted, ballots = unsealing.may_be_opened(session, poll, act), poll.election.phones or 0
    given = gathered(wanted) if wanted else []
    with desk.acting() as (session, act), _executor(processes, ballots) as executor, bar("开启", ballots) as told:
        poll = poll_of(session, desk.round(session).election_id)
        outcome = unsealing.unseal(session, poll, given, act, executor, told)
        faulty = poll.election.faulty or 0
    said = f"已开启凭证选票 {ballots - faulty} 张" + (
        f"，另有 {faulty} 张打不开或不合格式，按无效票计" if faulty else ""
    )
    desk.done(outcome, said, opened=ballots - faulty, faulty=faulty)


def gathered(number: int, of: str = "") -> list[str]:
    """So many different shares, typed one by one."""
    given: list[str] = []
    while len(given) < number:
        prompt = f"{of}第 {len(given) + 1} 份份额（共需 {number} 份）"
        try:
            share = shares.read_share(secrets.ask(prompt, f"份额不足：已输入 {len(given)} 份，共需 {number} 份"))
            refuse_if("份额重复", [Finding("这一份已经输入过", "须不同的人", "请另一位监票人输入")] * (share in given))
        except (Misused, Refused) as refused:
            if not sys.stdin.isatty() or "份额不足" in refused.message:
                raise
            _told(str(refused))
            continue
        given.append(share)
    return given


@contextlib.contextmanager
def _executor(processes: int, ballots: int) -> Iterator[Executor | None]:
    """Several processes for a large box, this one alone for a small."""
    number = processes or ((os.cpu_count() or 1) if ballots >= LARGE else 1)
    if number < 2:
        yield None
        return
    with ProcessPoolExecutor(number) as pool:
        yield pool


COMMANDS = (ceremony, unseal)
