"""What bin/build_catalogue.py is made of: reading the two packages, comparing them, writing our tables."""
