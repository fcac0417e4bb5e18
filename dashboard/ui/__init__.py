"""Components shared by the pages: frame, filters, blocs, bars, map. No query here, no callback."""
