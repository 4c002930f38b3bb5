"""The tabs of an account's workbook."""
