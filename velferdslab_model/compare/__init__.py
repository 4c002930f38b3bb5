"""Several municipalities side by side: brought to the same terms, compared, and the differences taken apart."""
