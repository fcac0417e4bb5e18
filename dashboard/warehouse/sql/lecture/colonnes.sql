-- Purpose: the shape of a snapshot, to know whether today's code can read an older one.
-- Grain: one row per column of a table.
-- Columns: table_name, column_name.
SELECT table_name, column_name FROM information_schema.columns WHERE table_catalog = current_database()
