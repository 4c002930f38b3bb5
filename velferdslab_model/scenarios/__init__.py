"""One way in for every scenario: a file, an edited workbook, a price list, a folder, a list."""
