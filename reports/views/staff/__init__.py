"""Staff pages, a topic a file."""
