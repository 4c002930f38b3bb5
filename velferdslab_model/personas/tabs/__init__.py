"""The tabs of a workbook of personas."""
