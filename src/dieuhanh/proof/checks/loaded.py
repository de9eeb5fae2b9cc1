"""Imports every room of checks, so that they are declared."""

from dieuhanh.proof.checks import (
    citations,
    counts,
    days,
    names,
    ratios,
    repeats,
    sums,
    tables,
    targets,
    writing,
)

__all__ = [
    "citations",
    "counts",
    "days",
    "names",
    "ratios",
    "repeats",
    "sums",
    "tables",
    "targets",
    "writing",
]
