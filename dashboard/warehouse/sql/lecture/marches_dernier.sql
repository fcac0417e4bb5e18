-- Purpose: where the windows of the contracts taken away begin.
-- Grain: one row.
-- Columns: dernier (highest marche_no; NULL without any contract).
SELECT max(marche_no) AS dernier FROM marche WHERE {condition}
