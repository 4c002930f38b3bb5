"""The kit for pages in HTML: charts as SVG, tables, styles."""
