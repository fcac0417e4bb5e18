"""Boundaries: built once from public packages (fonds), drawn as plain SVG (carte_svg)."""
