"""Writing files that people take away."""
