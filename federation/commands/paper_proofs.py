"""`paper sign`, `paper verify`: a paper signed by certificate, and a file told to be a paper of this case."""

from pathlib import Path
from typing import Any

import click

from federation.commands import secrets
from federation.commands.desk import Desk, reads
from federation.commands.files import read_bytes, write_whole
from federation.commands.shell import command
from federation.commands.verdicts import Verdict, judged
from federation.errors import Finding, Refused

SIGNED = ".signed.pdf"

_SIGN = """\
federation paper sign 会议纪要.pdf --key 主任.p12
federation paper sign 会议纪要.signed.pdf --key 副主任.p12"""


@command("sign", example=_SIGN)
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件",
    help="自己的证书和私钥（.p12、.pfx，或 .pem）",
)
@click.option("--name", "stated", default="", metavar="署名", help="自己写的署名，如“主任 张三”；身份以证书为准")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件", help="写到哪里；不写则是同名的 .signed.pdf")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.pass_obj
def sign(shell: dict[str, Any], file: Path, key: Path, stated: str, out: Path | None, as_json: bool) -> None:
    """用自己的证书电子签署一份 PDF（可选；手签、盖章照旧）。

    签名加在文件末尾，原来的字节不变；几个人依次签同一份。证书有口令的，在提示后输入，不显示。
    """
    from federation import signatures

    paper, holder = read_bytes(file), read_bytes(key)
    signatures.signatures(paper, file.name)  # nobody types a passphrase for a file that cannot be signed
    target = out or (file if file.name.endswith(SIGNED) else file.with_name(f"{file.stem}{SIGNED}"))
    if target.exists() and target.resolve() != file.resolve():
        remedy = f"后一位签那一份：federation paper sign {target} --key 证书.p12；或用 --out 另写一个文件名"
        raise Refused("不能签署", [Finding(f"文件 {target} 已经存在", "不覆盖签过的文书", remedy)])
    locked = signatures.needs_passphrase(holder)
    passphrase = secrets.ask("证书口令", "没有输入证书口令").rstrip("\r\n") if locked else ""
    made = signatures.sign(paper, file.name, holder, passphrase, shell["clock"].now(), stated.strip())
    write_whole(target, made.content)
    facts = {"file": str(target), "signer": made.by, "signatures": made.number}
    said = f"{made.by} 已签署，在 {target}，现有 {made.number} 个签名。核验：federation paper verify {target}"
    Desk.told(facts, said, as_json=as_json)


@command("verify", example="federation paper verify 会议纪要.pdf")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="证书",
    help="信任的根证书（.cer 或 .pem）；可写多个",
)
@reads()
def verify(desk: Desk, file: Path, trust: tuple[Path, ...]) -> None:
    """核验一个文件：是不是本案制作的文书，改动过没有，内容是不是现在的，上面有谁的签名。

    凭本库的登记，没有登记的与现在重做的比较；纸上印的校验码与工作日志核对。
    """
    from federation import signatures

    data = read_bytes(file)
    if not data:
        emptied = Finding("文件里什么也没有", remedy="多半没有拷贝完：重新拷贝，或用 federation paper make 重做")
        raise Refused(f"{file.name} 是空文件", [emptied])
    roots = [root for path in trust for root in signatures.roots_of(read_bytes(path), path.name)]
    with desk.reading() as session:
        verdict: Verdict = judged(session, desk.case(session), file, data, roots)
    desk.report(verdict.as_json(), "\n".join(verdict.lines()))
