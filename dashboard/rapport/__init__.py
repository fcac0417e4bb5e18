"""What is taken away on paper: sheets written as HTML, the same for the screen, the printer and the PDF."""
