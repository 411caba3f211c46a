"""Staff pages of the nouns, a noun a file."""
