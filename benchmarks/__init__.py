"""Measures of the promises made on speed and memory: ``make bench``. Printed, never asserted."""
