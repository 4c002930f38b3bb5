"""The two groups as they stand in a workbook."""

from __future__ import annotations

#: Prefix of the defined names, title of the tabs, what one participant is called, colour of the tabs.
GRUPPER = {
    "unge_voksne": ("UV", "Unge voksne", "person", "#0072B2"),
    "familier": ("FAM", "Familie", "familie", "#009E73"),
}
