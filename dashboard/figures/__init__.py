"""DataFrame in, Plotly figure out. Nothing here reads the database or knows Dash."""
