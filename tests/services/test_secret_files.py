"""Files of secret papers: written once, whole or not at all, for their owner alone; deleted by two."""

import hashlib
import os
import resource
import stat
from pathlib import Path

import pytest

from federation.errors import Misused, NotReady, Refused
from federation.services import passes, secret_files
from tests.services.stage import Stage, codes_alone


def test_a_secret_paper_is_deleted_by_two_once_and_only_if_it_is_the_one_made(phones: Stage) -> None:
    """Its hash is in the journal: another file, or the same one changed, is not what was made."""
    file = phones.folder / "pile.csv"
    phones.at("members", passes.make, 12, file, lambda pile: repr(pile).encode(), phones.act())
    with phones.refused(Refused, "须两名监票人"):
        phones.at("members", secret_files.destroy, file, phones.act())
    other = phones.folder / "other.csv"
    other.write_text("别的内容")
    with phones.refused(Refused, "不是本次选举制作的机密文书"):
        phones.at("members", secret_files.destroy, other, phones.two())
    assert phones.at("members", secret_files.destroy, file, phones.two()).taken
    file.write_bytes(bytes(file.stat().st_size))  # overwritten, and cut off before it was deleted
    assert not phones.at("members", secret_files.destroy, file, phones.two()).taken
    secret_files.shred(file)
    assert not file.exists()
    assert not phones.at("members", secret_files.destroy, file, phones.two()).taken
    with phones.refused(Misused, "没有找到文件"):
        phones.at("members", secret_files.destroy, phones.folder / "nowhere.csv", phones.two())


def test_a_paper_is_not_called_deleted_because_another_was(phones: Stage) -> None:
    """Typed in the wrong folder, with a name that is part of another's: the file is still somewhere."""
    for name in ("备用凭证.csv", "凭证.csv"):
        phones.at("members", passes.make, 6, phones.folder / name, codes_alone, phones.act())
    phones.at("members", secret_files.destroy, phones.folder / "备用凭证.csv", phones.two())
    with phones.refused(Misused, "没有找到文件"):
        phones.at("members", secret_files.destroy, phones.folder / "elsewhere" / "凭证.csv", phones.two())
    phones.at("members", secret_files.destroy, phones.folder / "凭证.csv", phones.two())
    for name in ("备用凭证.csv", "凭证.csv"):
        secret_files.shred(phones.folder / name)
        assert not phones.at("members", secret_files.destroy, phones.folder / name, phones.two()).taken


def test_a_file_is_its_owners_alone_whatever_the_machine_allows_and_its_hash_is_told(tmp_path: Path) -> None:
    """Mode 0600 under any umask."""
    mask = os.umask(0)
    try:
        told = secret_files.write_once(tmp_path / "pile.csv", b"codes")
    finally:
        os.umask(mask)
    assert told == hashlib.sha256(b"codes").hexdigest()
    assert stat.S_IMODE((tmp_path / "pile.csv").stat().st_mode) == 0o600
    assert (tmp_path / "pile.csv").read_bytes() == b"codes"


def test_nothing_is_written_over_or_through_a_link(tmp_path: Path) -> None:
    """A link laid there beforehand would put the codes where its owner reads them."""
    (tmp_path / "there.csv").write_bytes(b"other")
    (tmp_path / "link.csv").symlink_to(tmp_path / "hers.csv")
    for name in ("there.csv", "link.csv"):
        with pytest.raises(Refused, match="已经存在"):
            secret_files.write_once(tmp_path / name, b"codes")
    assert (tmp_path / "there.csv").read_bytes() == b"other"
    assert not (tmp_path / "hers.csv").exists()


def test_a_file_that_cannot_be_written_whole_is_not_there_at_all(tmp_path: Path) -> None:
    """Half a pile would be printed as a whole one. A full disk is made with RLIMIT_FSIZE."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(NotReady, match="文件写入失败"):
            secret_files.write_once(tmp_path / "pile.csv", bytes(101))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "pile.csv").exists()


def test_what_is_deleted_was_overwritten_first(tmp_path: Path) -> None:
    """Another name for the same file, kept by whoever made one, holds nothing any more."""
    secret_files.write_once(tmp_path / "pile.csv", b"codes")
    (tmp_path / "kept.csv").hardlink_to(tmp_path / "pile.csv")
    secret_files.shred(tmp_path / "pile.csv")
    secret_files.shred(tmp_path / "pile.csv")  # gone is gone
    assert not (tmp_path / "pile.csv").exists()
    assert (tmp_path / "kept.csv").read_bytes() == bytes(5)
