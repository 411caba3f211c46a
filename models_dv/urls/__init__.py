"""Addresses of the nouns; reports joins them to its own under the names staff and public."""
