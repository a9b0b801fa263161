"""Frozen records that travel between the layers: one file per noun, nothing but data, no database and no clock."""
