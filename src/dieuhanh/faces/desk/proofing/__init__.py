"""Soát số liệu on the desk: a paper that is dropped or pasted, a report, the papers of an entry."""
