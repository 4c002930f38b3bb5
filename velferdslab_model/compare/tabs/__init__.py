"""The tabs of a comparison."""
