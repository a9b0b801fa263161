"""What the terminal shows: tables and colours, with Chinese characters counted as two columns."""

from collections.abc import Iterable, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Plain columns under their headers; a cell is never cut."""
    from rich.cells import cell_len

    lines = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(headers))]
    return "\n".join(
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
