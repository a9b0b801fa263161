"""What the operating system refuses, in Chinese: its own words are English and say nothing of what to do."""

import errno

_WORDS = {
    "ENOENT": ("没有这个文件或文件夹", "请核对路径"),
    "EACCES": ("没有读写的权限", "请换一个有权限的位置"),
    "EPERM": ("系统不允许这样做", "请换一个有权限的位置"),
    "EROFS": ("所在的盘是只读的", "请换一个位置"),
    "EEXIST": ("已经有同名的文件或文件夹", "请换一个名称"),
    "EISDIR": ("这是文件夹，不是文件", "请写明其中的哪个文件"),
    "ENOTDIR": ("路径中有一段不是文件夹", "请核对路径"),
    "ENOTEMPTY": ("文件夹不是空的", "请换一个文件夹"),
    "ENOSPC": ("磁盘已满", "请腾出空间"),
    "EDQUOT": ("磁盘配额已用完", "请腾出空间"),
    "EFBIG": ("文件超过允许的大小", "请换一个位置"),
    "ENAMETOOLONG": ("文件名太长", "请换一个短的"),
    "EINVAL": ("文件名或位置不能用", "请换一个"),
    "EBUSY": ("文件正被占用", "请关闭正在使用它的程序"),
    "ETXTBSY": ("文件正被占用", "请关闭正在使用它的程序"),
    "EXDEV": ("不在同一个盘上", "请换到同一个盘"),
    "ELOOP": ("链接绕成了圈", "请写明真正的位置"),
    "EMFILE": ("打开的文件太多", "请关闭一些程序再试"),
    "ENFILE": ("打开的文件太多", "请关闭一些程序再试"),
    "EIO": ("磁盘或网络读写出错", "请检查后再试"),
    "ENODEV": ("设备没有连接", "请检查后再试"),
    "ENXIO": ("设备没有连接", "请检查后再试"),
    "ENOMEM": ("内存不足", "请关闭一些程序再试"),
}
_KNOWN = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}  # Windows lacks some


def cause(error: OSError) -> str:
    """Why the system refused, by its number; the number itself where it is a rare one."""
    return _words(error)[0]


def in_chinese(error: OSError) -> str:
    """Why the system refused, and what to do."""
    return "，".join(_words(error))


def _words(error: OSError) -> tuple[str, str]:
    number = f"（错误号 {error.errno}）" if error.errno is not None else ""
    return _KNOWN.get(error.errno or 0, (f"系统没有办成{number}", "请检查文件和磁盘，或换一个位置"))
