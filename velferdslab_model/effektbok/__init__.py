"""The seven tabs of the effect model and those added on request, on the workbook kit."""
