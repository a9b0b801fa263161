"""
Rare characters of names, from us: a part of a type face with just those that stand on a page.

What GB 2312 has every phone has; 䶮, 㛃 or 𬱖 it may not. The part is made when it is first asked for, and is never
kept in a file.
"""

import re
from functools import lru_cache

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from federation.errors import NotFound
from federation.web.access import Access, Routes
from federation.web.statics import FOREVER

MOST = 60
"""Rare characters of one page."""
routes = Routes()


def rare(text: str) -> str:
    """The characters of a text that a device may have no face for, each once, in order."""
    return "".join(sorted(filter(_is_rare, set(text)))[:MOST])


@lru_cache(maxsize=10_000)
def _is_rare(sign: str) -> bool:
    if not ("\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"):
        return False
    try:
        return not sign.encode("gb2312")
    except UnicodeEncodeError:
        return True


def link(text: str) -> str:
    """The link to a style sheet with a face for the rare characters of a page; empty where it has none."""
    signs = rare(text)
    return f'<link rel="stylesheet" href="/faces/{_spelled(signs)}.css">' if signs else ""


def _spelled(signs: str) -> str:
    return "-".join(f"{ord(sign):x}" for sign in signs)


def _read(spelled: str) -> str:
    """The characters that an address spells; NotFound where it is none that `link` writes."""
    if not re.fullmatch(r"[0-9a-f]{4,5}(-[0-9a-f]{4,5}){0,59}", spelled):
        raise NotFound("没有这个字库")
    signs = "".join(chr(int(part, 16)) for part in spelled.split("-") if int(part, 16) < 0x40000)
    if _spelled(rare(signs)) != spelled:
        raise NotFound("没有这个字库")
    return signs


@routes.get("/faces/{spelled}.css", access=Access.PUBLIC)
def style(_request: Request, spelled: str) -> Response:
    """The face as a style sheet: used for these characters alone."""
    signs = _read(spelled)
    ranges = ", ".join(f"U+{ord(sign):X}" for sign in signs)
    css = f'@font-face {{ font-family: "rare"; src: url("/faces/{spelled}.otf"); unicode-range: {ranges}; }}\n'
    return Response(css, media_type="text/css; charset=utf-8", headers={"Cache-Control": FOREVER})


@routes.get("/faces/{spelled}.otf", access=Access.PUBLIC)
async def face(request: Request, spelled: str) -> Response:
    """The part of a face, one at a time and in a thread of its own: whoever asks for many holds up no other page."""
    body = await anyio.to_thread.run_sync(_part, _read(spelled), limiter=request.app.state.makers)
    return Response(body, media_type="font/otf", headers={"Cache-Control": FOREVER})


def prepare(app: FastAPI) -> None:
    """How many faces each process makes at once."""
    app.state.makers = anyio.CapacityLimiter(1)


@lru_cache(maxsize=64)
def _part(signs: str) -> bytes:
    from federation.documents.fonts import machine_fonts

    chain = machine_fonts().chains["heiti"]
    best = max((choice.face for choice in chain), key=lambda face: sum(map(face.has, signs)))
    return best.part(signs)
