"""What was found, in the forms in which people take it: terminal, JSON, a page, a Word file."""
