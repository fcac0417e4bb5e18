"""Observatoire des clauses sociales d'Île-de-France.

The package reads scattered flows of files into one immutable DuckDB snapshot and
renders it as a Dash application. See ``docs/adr`` for the decisions that cost.
"""

__version__ = "0.1.0"
