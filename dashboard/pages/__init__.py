"""One question a page: a layout and thin callbacks."""
