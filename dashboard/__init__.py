"""What people see: thin pages over the published snapshot. Never imports collectors, never loads spaCy."""
