"""Personas as a page in HTML."""
