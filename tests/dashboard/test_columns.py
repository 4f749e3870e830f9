"""Tables lie within the page: on a phone without a scroll sideways."""

from __future__ import annotations

import pytest

from dashboard import acts, browse, columns, file_list

#: the page of a phone 390 pixels wide less its margins, and the column of boxes to choose a row
PHONE_PX, WIDE_PX, CHOICE_PX = 358, 1152, 40
CHOSEN_FROM = {
    "events": (browse.WIDTHS, browse.NARROW),
    "files": (file_list.WIDTHS, file_list.NARROW),
    "files of an actor": (acts.FILE_WIDTHS, acts.FILE_NARROW),
    "acts with": (acts.OTHER_WIDTHS, acts.OTHER_NARROW),
}


@pytest.mark.parametrize("name", CHOSEN_FROM)
def test_a_table_is_no_wider_than_the_page(name: str):
    wide, narrow = CHOSEN_FROM[name]
    assert sum(wide.values()) + CHOICE_PX <= WIDE_PX
    assert sum(narrow.values()) + CHOICE_PX <= PHONE_PX
    assert set(narrow) <= set(wide), "a phone shows fewer columns, no others"


@pytest.mark.parametrize(("phone", "names"), [(True, ("title",)), (False, ("title", "place"))])
def test_the_window_decides_which_columns_there_are(
    monkeypatch: pytest.MonkeyPatch, phone: bool, names: tuple[str, ...]
):
    monkeypatch.setattr(columns.address, "is_phone", lambda: phone)
    chosen = columns.widths({"title": 200, "place": 100}, {"title": 100})
    laid = columns.layout(chosen, 3, most=10)
    assert laid["column_order"] == names
    assert laid["row_height"] >= 64, "Streamlit wraps words from four rem on"
    assert laid["height"] == 3 * laid["row_height"] + columns.HEAD_PX
