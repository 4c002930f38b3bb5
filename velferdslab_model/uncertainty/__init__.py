"""How sure the answer is: which number matters, which must be wrong for it to turn, and what knowing more is worth."""
