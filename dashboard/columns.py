"""How a table lies on the page: its columns with their widths, and rows high enough that no cell is cut short."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from dashboard import address

#: the height of a row: three lines, on a phone four; from two on Streamlit wraps the words of a cell
ROW_PX, PHONE_ROW_PX = 66, 86
HEAD_PX = 40


class Layout(TypedDict):
    """Arguments of ``st.dataframe``."""

    column_order: tuple[str, ...]
    row_height: int
    height: int


def widths(wide: Mapping[str, int], phone: Mapping[str, int]) -> dict[str, int]:
    """The columns and their widths in pixels, in order: on a phone the few that stand side by side without a scroll."""
    return dict(phone if address.is_phone() else wide)


def layout(columns: Mapping[str, int], rows: int, *, most: int) -> Layout:
    """Order and heights of a table of ``rows`` rows, of which ``most`` are in sight at once."""
    row = PHONE_ROW_PX if address.is_phone() else ROW_PX
    return {"column_order": tuple(columns), "row_height": row, "height": min(rows, most) * row + HEAD_PX}
