"""`serve`: the hall on the web."""

from pathlib import Path

import click

from federation.commands.desk import Desk, reads
from federation.commands.shell import command

PLAIN = (
    "注意：没有加密（http），同一网络中的人看得到选票和凭证。请用 --tls-cert 和 --tls-key，"
    "或由带证书的代理转发（docs/operations.md）。"
)


@command("serve", example="federation serve --host 0.0.0.0 --port 8443 --tls-cert 证书.pem --tls-key 私钥.pem")
@click.option("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上提供服务；0.0.0.0 为本机全部地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="端口")
@click.option("--tls-cert", type=click.Path(path_type=Path), metavar="文件", help="证书（PEM，含中间证书）")
@click.option("--tls-key", type=click.Path(path_type=Path), metavar="文件", help="证书的私钥（PEM，不带密码）")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="个数", help="进程数；多个须用 PostgreSQL")
@reads("database")
def serve(desk: Desk, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, workers: int) -> None:
    """开通会场网页：手机投票、核对、征求意见、签到和大屏幕。按 Ctrl-C 结束，办理中的先办完。

    不记访问日志，不记地址。怎样架设和值守，见 docs/operations.md。
    """
    from federation.web import serving

    asked = serving.Serving(desk.url, host, port, tls_cert, tls_key, workers)
    serving.check(asked)
    socket = serving.listening(asked)
    if asked.exposed:
        click.echo(PLAIN, err=True)
    click.echo(f"会场网页已开通：{asked.address} （Ctrl-C 结束）", err=True)
    serving.run(asked, socket)
    click.echo("会场网页已关闭", err=True)
