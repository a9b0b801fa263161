"""The words a process file may use: roles, acts and papers, each with its Chinese label."""

from federation.facts import papers

ROLES = {
    "administrator": "管理员",
    "preparatory_group": "筹备组",
    "secretary": "秘书",
    "party_committee": "党组织联络人",
    "presidium": "主席团",
    "scrutineer": "监票人",
    "teller": "计票人",
    "superior": "上级妇联",
}

ACTS = {
    "draft": "增改文稿",
    "comment": "登记意见",
    "answer": "答复意见",
    "request": "报送请示",
    "reply": "登记批复",
    "filing": "备案",
    "roll": "增改代表名册",
    "review": "代表资格审查",
    "agenda": "编排议程",
    "check_in": "签到",
    "motion": "举手表决",
    "duties": "确定监票人、计票人",
    "plan": "制定选举安排",
    "nominate": "提名",
    "withdraw": "撤回提名",
    "passes": "制发投票凭证",
    "ceremony": "密钥仪式",
    "secret": "销毁机密文书",
    "cast": "投票",
    "late_passes": "登记预留凭证",
    "exchange": "凭证换领纸质选票",
    "dispute": "登记争议",
    "scrub": "清除投票痕迹",
    "hand_in": "收回未用的凭证",
    "unseal": "开启凭证选票",
    "rule_on_box": "就存疑的票箱作决定",
    "enter": "录入纸质选票",
    "follow_up": "再投一轮或主席团决定",
    "export": "导出选票供复核",
}

COMMANDS = {
    "draft": "federation draft add DRAFT 文件.md",
    "comment": "federation comments add|import",
    "answer": "federation comments answer",
    "request": "federation request file",
    "reply": "federation request reply",
    "filing": "federation filing send|reply",
    "roll": "federation roll import|add --meeting MEETING",
    "review": "federation roll review --meeting MEETING",
    "agenda": "federation meeting agenda|notice --meeting MEETING",
    "check_in": "federation meeting checkin --meeting MEETING",
    "motion": "federation motion put --meeting MEETING",
    "duties": "federation election scrutineers --meeting MEETING",
    "plan": "federation election plan --meeting MEETING",
    "nominate": "federation election nominate 姓名… --contest CONTEST",
    "withdraw": "federation election withdraw 姓名 --contest CONTEST",
    "passes": "federation election passes --contest CONTEST",
    "ceremony": "federation election ceremony --contest CONTEST",
    "late_passes": "federation election late-passes --contest CONTEST",
    "exchange": "federation election exchange --contest CONTEST",
    "dispute": "federation election dispute 起数 --contest CONTEST",
    "scrub": "federation election close --contest CONTEST",
    "hand_in": "federation election hand-in --contest CONTEST",
    "unseal": "federation election unseal --contest CONTEST",
    "rule_on_box": "federation election decide --box --note 决定内容 --contest CONTEST",
    "enter": "federation election enter --contest CONTEST",
    "export": "federation election export --contest CONTEST",
}
"""Where the words of an act are typed; the capitals stand for the ids of the case at hand."""

PAPERS = {kind: paper.label for kind, paper in papers.PAPERS.items()}
SIGNED_BY = {kind: paper.signed_by for kind, paper in papers.PAPERS.items()}
