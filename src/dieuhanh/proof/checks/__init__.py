"""Every check of a report: one function each, told by its id.

A check of one report takes it and yields remarks; it is silent where it is not sure.
"""
