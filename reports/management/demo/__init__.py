"""The illustrative province An Bình and the demo accounts (data: ``reports/data/an_binh.toml``)."""
