"""The tabs of a contract's live workbook."""
