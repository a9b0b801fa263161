"""The words a process file may use: roles, acts and papers, each with its Chinese label."""

from federation.facts import acts, papers

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

ACTS = acts.ACTS

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
    "secret": "federation election passes --destroy 文件 --contest CONTEST --with 另一名监票人",
    "cast": "federation election cast --contest CONTEST",
    "late_passes": "federation election late-passes 共领出的份数 --contest CONTEST",
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
