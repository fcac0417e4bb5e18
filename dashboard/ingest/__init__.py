"""Reads the flows as they come: recognise, clean, say what was changed or refused. Build time only."""
