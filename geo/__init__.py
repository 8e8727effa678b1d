"""Finds the place: gazetteer, postcodes, areas and wards, distance."""
