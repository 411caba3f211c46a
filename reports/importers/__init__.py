"""Reports from Word and figures from Excel: read, understood, looked at, saved."""
