"""Personas: ten-year histories of constructed persons and families, and the null alternative that they give."""
