"""The métier in plain Python: selections, territories, words. Standard library only."""
