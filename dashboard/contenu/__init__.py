"""What each bloc says (title, subtitle, table, caption), without Dash: one text for the page and every export."""
