"""A command at a real terminal, answered as it asks."""

import os
import pty
import select
import sys
from collections.abc import Callable
from pathlib import Path

from tests.services.stage import Stage


def typed(stage: Stage, folder: Path, answers: Callable[[str], str | None], *args: str) -> tuple[int, str]:
    """A command at a real terminal: whenever it asks, what `answers` says of all that it has shown; None kills it."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        program = "from federation.commands import main; from federation.clock import *; from datetime import *; "
        program += f"main(SetClock(datetime.fromisoformat('{stage.clock.now().isoformat()}')))"
        url = stage.engine.url.render_as_string(hide_password=False)
        os.execv(sys.executable, [sys.executable, "-c", program, "--db", url, *args])
    shown, answered = b"", 0
    while True:
        select.select([terminal], [], [])
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the terminal is gone with the program
            break
        if not part:
            break
        shown += part
        if shown.rstrip(b" ").endswith(b":") and len(shown) > answered:
            answered = len(shown)
            if (line := answers(shown.decode())) is None:
                os.kill(child, 9)
            else:
                os.write(terminal, f"{line}\n".encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()
