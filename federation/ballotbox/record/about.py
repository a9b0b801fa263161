"""What a record says of itself, in README.txt: one fixed text for each kind, so that it is verified like the rest."""

from collections.abc import Mapping

_MEMBERS = """record.json            这是哪一件、哪一种记录
journal.jsonl          工作日志，一行一件，逐行以 SHA-256 相连；最后一行的 hash 即校验码
definitions/*.toml     所依据的流程文件
characters.json        由工作人员设定笔画的字
papers.json            各份文书的校验值
polls/*/poll.json      每次投票的账目、名单和后续
polls/*/method.*       所依据的选举办法（条文和数据）
polls/*/result-*.json  计票结果，与 federation count --json 的输出相同
polls/*/checks.txt     核对码：凭凭证投的票开箱后计入的，逐个列出
sha256sums.txt         以上各文件的 SHA-256
"""
ABOUT: Mapping[str, str] = {
    "public": f"""妇联选举公开记录

{_MEMBERS}
除选举办法规定公布票面的以外，本记录只含票数合计，不含选票，也没有拆开任何密封的选票。
核验：federation record verify 本文件 --against 纸上的校验码
""",
    "sealed": f"""妇联选举密封记录（供监票人保管，不得公布）

{_MEMBERS}polls/*/passes.txt     凭证的校验值和去向
polls/*/sealed.txt     密封的选票
polls/*/ballots.jsonl  拆封后的票面，逐行与密封的选票相对
polls/*/papers-*.jsonl 由票箱录入的纸质选票

本记录含开箱密钥：持有本记录和某人存根的人，可查出那张存根的票面。
核验：federation record verify 本文件 --against 纸上的校验码
""",
}
