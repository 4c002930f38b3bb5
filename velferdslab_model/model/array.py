"""The one type of array in the model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Floats of any shape; docstrings give it, draws first and year last. A single number is an array of no axes.
Array = NDArray[np.float64]


def einsum(form: str, *ledd: Array) -> Array:
    """np.einsum for arrays of floats; NumPy's own type says nothing of the answer."""
    svar: Array = np.einsum(form, *ledd)
    return svar
