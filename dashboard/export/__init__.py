"""Files made from blocs. No query here, no Dash."""
