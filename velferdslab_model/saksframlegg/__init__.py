"""The memo a council decides on: one result and its uncertainty in words, tables and a figure, as .docx and as a page."""
