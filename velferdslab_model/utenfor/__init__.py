"""The life-course account: what it costs that a person stays outside, and what a measure that reaches some of them gives."""
