"""The made-up federation whose papers these are: names out of the primer, and the hard ones among them."""

from datetime import date

from federation.facts.papers import PaperHead, Serving

FEDERATION = "某某高新技术产业开发区妇女联合会"
MEETING = f"{FEDERATION}第一次代表大会"
CODE = "".join(f"{number * 37 % 256:02x}" for number in range(32))
HARD_NAMES = ("龚䶮", "𠅤阿宝", "阿依古丽·买买提")

NAMES = tuple(f"{surname}{given}" for surname in "赵钱孙李周吴郑王冯陈" for given in ("甲一", "乙二", "丙三", "丁四"))

HEAD = PaperHead(FEDERATION, MEETING, f"{MEETING}主席团", date(2020, 11, 2), CODE)

SERVING = Serving(("监督甲",), ("监督乙", "监督丙", "阿依古丽·买买提"), ("点票甲",), ("点票乙", "点票丙"), ("唱票甲",))
