"""
After the poll: nothing in storage tells in which order ballots came.

First, in the closing's own transaction, passes and ballots are written anew in the order of their random keys, and the
tables they lay in are emptied. Then, outside any transaction, the engine is made to forget what it still keeps of the
old ones: on SQLite the log and the free pages, on PostgreSQL the write-ahead log. It may be done again and again.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from federation import db
from federation.errors import Finding, NotReady
from federation.models import SealedBallot, VotingPass

_RULE = "投票之后不留先后痕迹"
_KEYS = {SealedBallot.__tablename__: "key", VotingPass.__tablename__: "hash"}


def into_fresh_tables(session: Session, election: uuid.UUID) -> None:
    """
    Write every pass and every sealed ballot anew, in the order of their keys, and forget this poll's tokens.

    The whole of both tables, since rows of other polls share their pages; these keep their tokens. INSERT … SELECT
    gives every row this one transaction; CLUSTER or VACUUM FULL would keep the transaction in which each was cast.
    """
    server = session.get_bind().dialect.name == "postgresql"
    if server:  # both at once and in the order of a cast, so that a voter of another poll waits and is not torn
        session.execute(text("LOCK TABLE voting_passes, sealed_ballots IN ACCESS EXCLUSIVE MODE"))
    session.execute(update(VotingPass).where(VotingPass.election_id == election).values(token_hash=None))
    for table, key in _KEYS.items():
        fresh = f"fresh_{table}"
        session.execute(text(f"CREATE {'TEMPORARY ' if server else ''}TABLE {fresh} AS SELECT * FROM {table}"))
        session.execute(text(f"TRUNCATE {table}" if server else f"DELETE FROM {table}"))  # both give up the old pages
        session.execute(text(f"INSERT INTO {table} SELECT * FROM {fresh} ORDER BY {key}"))
        session.execute(text(f"DROP TABLE {fresh}"))


def scrub(engine: Engine) -> None:
    """
    Make the engine forget what it still keeps of the tables that were emptied. Outside any transaction, repeatable.

    NotReady where it cannot: another program holds the database, or the server does not grant what it takes.
    """
    with db.database_faults():
        if engine.dialect.name == "sqlite":
            _scrub_sqlite(engine)
        else:
            _scrub_postgresql(engine)


def _scrub_sqlite(engine: Engine) -> None:
    """The log into the file, the file rewritten page by page in the order of the keys, the log cut to nothing."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            busy = connection.execute(statement).fetchone()
            if busy and busy[0] == 1:
                raise _held()
        [pages] = connection.execute("PRAGMA page_count").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise _held() from None
        raise
    finally:
        pooled.close()
    engine.dispose()  # whoever closes last takes the log and its index away
    if _index_keeps_more(db.database_file(engine), pages):
        raise _held()


def _index_keeps_more(file: Path, pages: int) -> bool:
    """
    True where the log's index still names pages in the order in which the poll wrote them.

    It is a file while anybody has the database open, in parts of 4096 frames (the first 4062); VACUUM, which wrote
    `pages` frames, cleared the parts that it came to, and no more.
    """
    index = Path(f"{file}-shm")
    cleared = 1 + max(0, -(-(pages - 4062) // 4096))
    return index.exists() and index.stat().st_size > cleared * 32768


def _held() -> NotReady:
    remedy = "关闭其他窗口和网页服务，再办一次：federation election close"
    return NotReady("还没有清除投票痕迹", [Finding("另有程序正在使用数据库", _RULE, remedy)])


def _scrub_postgresql(engine: Engine) -> None:
    """The emptied files are gone with the commit; a switch and two checkpoints take the log of the poll away."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
                connection.execute(text(statement))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != "42501":
                raise
            remedy = (
                "请数据库管理员：GRANT pg_checkpoint TO 用户; GRANT EXECUTE ON FUNCTION pg_switch_wal TO 用户; 再办一次"
            )
            finding = Finding("数据库用户无权写检查点、切换日志", _RULE, remedy)
            raise NotReady("还没有清除投票痕迹", [finding]) from None


def surroundings_findings(session: Session) -> Iterator[Finding]:
    """
    Say what about the database server would keep traces of the poll that no scrubbing reaches.

    An archive, a replica or a log of statements is a copy made during the poll; recycled log files keep their content.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    for setting, wanted, problem in _SERVER:
        value = session.scalar(text("SELECT current_setting(:setting, true)"), {"setting": setting})
        if value is not None and value not in wanted:  # none: of a module that is not loaded
            remedy = f"请数据库管理员：ALTER SYSTEM SET {setting} = '{wanted[0]}'; 再{_RESTART.get(setting, _RELOAD)}"
            yield Finding(f"{problem}（{setting} = {value}）", _RULE, remedy)
    for view, problem in (("pg_stat_replication", "有从库在复制"), ("pg_replication_slots", "有复制槽")):
        if session.scalar(text(f"SELECT count(*) FROM {view}")):
            yield Finding(f"{problem}（{view}）", _RULE, "投票期间停止复制，或投票用本机的 SQLite 数据库")


_RELOAD = "SELECT pg_reload_conf();"
_RESTART = {"archive_mode": "重启数据库", "track_commit_timestamp": "重启数据库"}
_SERVER = (
    ("archive_mode", ("off",), "数据库在归档日志"),
    ("wal_recycle", ("off",), "用过的日志文件会留着内容改作他用"),
    ("wal_keep_size", ("0", "0MB"), "旧日志文件会保留"),
    ("track_commit_timestamp", ("off",), "数据库记下每次提交的时间"),
    ("log_statement", ("none", "ddl"), "数据库把语句写进日志"),
    ("log_min_duration_statement", ("-1",), "数据库把慢语句写进日志"),
    ("log_min_duration_sample", ("-1",), "数据库把语句抽样写进日志"),
    ("log_transaction_sample_rate", ("0",), "数据库把事务抽样写进日志"),
    ("log_parameter_max_length_on_error", ("0",), "数据库出错时把参数写进日志"),
    ("auto_explain.log_min_duration", ("-1",), "auto_explain 把慢语句和参数写进日志"),
    ("pgaudit.log_parameter", ("off",), "pgaudit 把参数写进日志"),
)
