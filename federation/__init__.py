"""The founding, elections and governance of a women's federation, as a guided workflow."""

__version__ = "0.1.0"
