"""The comparison as a page in HTML."""
