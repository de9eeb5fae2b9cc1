"""Word files with what was found: the original with comments or corrections, or a converted copy."""
