"""The national catalogue of units: from the tables of models_dv/data/catalogue to units, versions and edges.

``tables`` reads the files; ``wording`` says what the Party body of a territory is called and how it signs;
``plan`` lays out every unit with its dated versions and the edges old → new (domain.md §1); ``existing`` matches
units that are there; ``writing`` writes what is missing; ``checks`` looks at the result.
"""
