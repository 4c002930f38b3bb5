"""Audit of a workbook that somebody handed in: which inputs differ, and whether anything else was touched."""
