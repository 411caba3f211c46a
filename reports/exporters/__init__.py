"""Tables and lists handed out as files."""
