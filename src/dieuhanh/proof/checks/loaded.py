"""Imports every room of checks, so that they are declared."""

from dieuhanh.proof.checks import citations, counts, days, ratios, repeats, sums, tables, targets

__all__ = ["citations", "counts", "days", "ratios", "repeats", "sums", "tables", "targets"]
