"""What the commands share: catalogue of sources, freshness, terminal display, web server."""
