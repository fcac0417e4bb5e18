"""Plain HTTP routes beside the pages: files of the blocs and shapes of the maps."""
