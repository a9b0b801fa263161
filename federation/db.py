"""
The database: one engine a URL, one transaction a command.

SQLite by default, PostgreSQL by URL; nothing above this file knows which. Whatever the database says no with is
translated here, once, into `NotReady`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from federation.errors import Finding, NotReady, Refused
from federation.resources import resource

SCHEMA = "0009"
"""The schema this program was written for: the head of the migrations (a test holds them together)."""

BUSY_SECONDS: float = 5


def database_url(given: str) -> URL:
    """Read a database URL; a plain path is an SQLite file. The password never reaches a message."""
    try:
        url = make_url(given if "://" in given else f"sqlite:///{given}")
    except (ArgumentError, ValueError):
        raise NotReady("数据库地址看不懂，应形如 sqlite:///federation.db 或 postgresql://用户@主机/库名") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise NotReady(f"不支持的数据库：{url.get_backend_name()}，请用 SQLite 或 PostgreSQL")
    return url


def engine_for(given: str | URL) -> Engine:
    """An engine for this URL. It connects to nothing yet."""
    url = given if isinstance(given, URL) else database_url(given)
    engine = create_engine(url, hide_parameters=True)  # an exception must never carry a ballot or a pass
    engine.dialect.use_insertmanyvalues_wo_returning = True  # rows that come together are one statement
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own would come too late for readers
    for pragma in (
        f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
        "foreign_keys = ON",
        "secure_delete = ON",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {int(BUSY_SECONDS * 1000)}")
    connection.commit()  # a setting made in a transaction would go with its rollback


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader may find its snapshot stale half-way; readers must not queue behind the poll.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


class pairs(FunctionElement[Any]):  # noqa: N801 - as SQLAlchemy's own functions are called
    """A JSON object of texts as a table: `pairs(bindparam(…)).table_valued("key", "value")`."""

    name, inherit_cache = "pairs", True


@compiles(pairs)
def _pairs_sqlite(element: pairs, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **more)})"


@compiles(pairs, "postgresql")
def _pairs_postgresql(element: pairs, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each_text(CAST({compiler.process(element.clauses, **more)} AS JSON))"


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One unit of work that changes something: all of it, or none."""
    with (
        database_faults(),
        Session(engine.execution_options(writes=True), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view; nothing is changed."""
    with database_faults(), Session(consistent(engine), expire_on_commit=False) as session, session.begin():
        yield session


def consistent(engine: Engine) -> Engine:
    """The engine, every query of a transaction seeing the same moment: on SQLite that is so in any case."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def database_faults() -> Iterator[None]:
    """Say in Chinese what the database said, with what to do; an unknown fault passes on as our own bug."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:  # the second as a connection is prepared
        if found := _fault(_said(error)):
            raise NotReady("数据库暂不可用", [found]) from None
        raise


def _said(error: Exception) -> str:
    """What the database said, after the code that PostgreSQL gives in whatever language it speaks."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"[{getattr(cause, 'sqlstate', None)}] {cause}".lower()


def _fault(said: str) -> Finding | None:
    for signs, problem, remedy in _FAULTS:
        if any(sign in said for sign in signs):
            return Finding(problem, remedy=remedy)
    return None


_FAULTS = (
    (
        ("database is locked", "table is locked", "[55p03]", "[40001]", "[40p01]"),
        "另一位工作人员正在写入数据库",
        "稍候再试一次；本次未作任何改动",
    ),
    (
        ("disk is full", "disk i/o error", "[53100]", "[58030]"),
        "磁盘已满或写入失败",
        "腾出空间后再试；本次未作任何改动",
    ),
    (("readonly database", "[25006]"), "数据库是只读的", "检查文件与所在文件夹的写权限，或换一个数据库"),
    (
        ("not a database", "malformed", "file is encrypted", "[xx001]", "[xx002]"),
        "这个文件不是数据库，或者已经损坏",
        "用 federation restore 从备份恢复",
    ),
    (("[28p01]", "[28000]", "authentication failed"), "数据库拒绝了用户名或密码", "检查数据库地址"),
    (
        ("[57p01]", "[57p02]", "terminating connection", "server closed the connection", "connection is lost"),
        "与数据库的连接中断",
        "稍候再试一次；未提交的改动已全部撤回",
    ),
    (
        ("unable to open database", "connection refused", "connection failed", "connection is bad", "[3d000]"),
        "连不上数据库",
        "检查数据库地址与服务是否在运行",
    ),
)


def must_exist(engine: Engine) -> None:
    """Refuse a database that is not there: only init, restore and demo create one."""
    if not exists(engine):
        raise NotReady(
            f"没有找到数据库 {engine.url.database}",
            [Finding("尚未建库", remedy="federation init 编号 全称 --as 姓名，或用 --db 指明已有的数据库")],
        )


def exists(engine: Engine) -> bool:
    """True where the database file is there; a server's database is taken to be."""
    return engine.dialect.name != "sqlite" or database_file(engine).is_file()


def database_file(engine: Engine) -> Path:
    """The file of an SQLite database, also where the URL names it as `file:…`."""
    return Path((engine.url.database or "").removeprefix("file:"))


def remove(engine: Engine) -> None:
    """Take away an SQLite database that was begun and not finished. A server's is left to its keeper."""
    engine.dispose()
    if engine.dialect.name == "sqlite" and engine.url.database:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{database_file(engine)}{ending}").unlink(missing_ok=True)


@contextmanager
def created(given: str | URL) -> Iterator[Engine]:
    """
    A new database at this URL, to be filled: an SQLite file has its name only once it is whole.

    Refused where there is one already: nothing is ever written over. Whoever fills a server's does it in one
    transaction, so that nothing is left of an attempt.
    """
    engine = engine_for(given)
    if engine.dialect.name != "sqlite":
        with database_faults(), disposed(engine), engine.connect() as connection:
            if there := inspect(connection).get_table_names():
                raise _occupied(f"目标数据库里已有 {len(there)} 个表")
        with disposed(engine):
            yield engine
        return
    file = database_file(engine)
    if file.exists():
        raise _occupied(f"文件 {file} 已经存在")
    part = engine_for(engine.url.set(database=str(file.with_name(f".{file.name}.partial")), query={}))
    remove(part)  # of an attempt that was cut off
    try:
        yield part
        part.dispose()  # the last connection writes everything from the log into the file
        database_file(part).replace(file)
    except BaseException:
        remove(part)
        raise


def _occupied(problem: str) -> Refused:
    return Refused("不能恢复", [Finding(problem, "恢复不覆盖已有的数据", "用 --db 另指一个还没有的数据库")])


@contextmanager
def disposed(engine: Engine) -> Iterator[Engine]:
    """An engine whose connections are closed at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


def revision(engine: Engine) -> str | None:
    """The schema revision the database is at; None where it holds no schema of ours."""
    with database_faults(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def must_be_current(engine: Engine) -> None:
    """Refuse a database of an older or newer schema, and say how to go on."""
    found = must_hold_ours(engine)
    if found < SCHEMA:
        raise NotReady(
            f"数据库结构较旧（{found}，需要 {SCHEMA}）",
            [Finding("结构未升级", remedy="federation db upgrade --as 管理员姓名（之前先另存一份数据库）")],
        )


def must_hold_ours(engine: Engine) -> str:
    """The schema revision of a database that this program may work on or upgrade; NotReady for any other."""
    must_exist(engine)
    found = revision(engine)
    if found is None:
        raise NotReady(
            "这个数据库里还没有妇联的数据", [Finding("尚未初始化", remedy="federation init 编号 全称 --as 姓名")]
        )
    if found > SCHEMA:
        raise NotReady(
            f"数据库结构较新（{found}，本程序只认识 {SCHEMA}）", [Finding("程序较旧", remedy="请升级本程序")]
        )
    return found


def upgrade(engine: Engine, then: Callable[[Session], object] | None = None) -> None:
    """
    Bring the schema to the head, and do in the same transaction what is to follow.

    An interrupted upgrade leaves the schema as it was.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resource("alembic", ".")).replace("%", "%%"))
    with (
        database_faults(),
        engine.execution_options(writes=True).connect() as connection,
        _tables_made_anew(connection),
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if then:
            with Session(connection, expire_on_commit=False) as session:
                then(session)
                session.flush()
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise NotReady("升级没有办成，未作改动", [Finding("数据之间的关联断了", remedy="请交技术人员")])


@contextmanager
def _tables_made_anew(connection: Connection) -> Iterator[None]:
    """
    On SQLite a migration may drop a table that others refer to and make it anew; references are checked at its end.

    The setting can only be changed outside a transaction, and dropping a table would delete what refers to it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA journal_mode = WAL")
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
