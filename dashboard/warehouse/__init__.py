"""The only place that builds and reads the snapshot; disclosure control lives here."""
