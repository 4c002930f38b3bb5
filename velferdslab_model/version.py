"""The version, in one place: packaging, workbook and JSON read it from here."""

__version__ = "0.2.0"
