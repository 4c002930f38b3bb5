"""The tabs of the registration workbook and of the report."""
