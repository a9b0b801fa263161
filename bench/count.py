"""
How long a count takes, as a ratio to reading the same file with the csv module alone, in the same run.

    python bench/count.py [PAPERS] [NAMES]

A ratio travels between machines better than seconds do; the memory held by the tally is printed to show that it does
not grow with the papers.
"""

import csv
import random
import sys
import tempfile
import tracemalloc
from pathlib import Path

from _timing import timed

from federation.boxes import BallotFile
from federation.facts.counting import Ledger
from federation.rules.ballots import PaperJudge
from federation.rules.counting import Tally, decide, question
from federation.rules.methods import load_method

METHOD = """
title = "计票速度"
[ballot]
choose = "any"
[write_in]
allowed = "free"
[shortage]
then = "vacant"
[[contest]]
id = "members"
office = "执行委员会委员"
seats = 40
"""


def main(papers: int = 100_000, names: int = 60) -> None:
    """Write a file of random papers, read it bare, count it, and print both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ballots.csv"
        write_papers(path, papers, names)
        bare = timed(lambda: read_bare(path))
        counted = timed(lambda: count(path, papers))
        tracemalloc.start()
        count(path, papers)
        peak = tracemalloc.get_traced_memory()[1]
    print(f"{papers} papers of {names} names")
    print(f"bare csv read   {bare:6.2f} s")
    print(f"count           {counted:6.2f} s   ratio {counted / bare:.1f}")
    print(f"peak memory     {peak / 1e6:6.2f} MB")


def write_papers(path: Path, papers: int, names: int) -> None:
    """Papers that nearly all differ, one in ten with a name written in."""
    chance = random.Random(2020)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(f"候选人{number}" for number in range(names)), "另选1"])
        for _ in range(papers):
            marks = chance.choices(("○", "×", ""), (70, 20, 10), k=names)
            writer.writerow([*marks, f"○另选人{chance.randrange(30)}" if chance.random() < 0.1 else ""])


def read_bare(path: Path) -> None:
    """What reading alone costs."""
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def count(path: Path, papers: int) -> None:
    """Judge, add up and decide."""
    method = load_method(METHOD)
    asked = question(method, "members")
    box = BallotFile(path, method.ballot.marks)
    tally = Tally(PaperJudge(method, asked.seats, box.listed))
    for paper in box.papers():
        tally.add(paper)
    decide(asked, Ledger(due=papers, present=papers, issued=papers), tally.votes())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
