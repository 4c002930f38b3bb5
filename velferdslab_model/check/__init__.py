"""Audit of a file that somebody handed in: which inputs differ, and whether anything else was touched."""
