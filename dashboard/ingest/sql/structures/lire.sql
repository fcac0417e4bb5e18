-- Purpose: the records of one list, as written.
-- Grain: structures_lu, one row per record of the file.
-- Columns: n (rank), ligne, then the text of each column of the mapping; the parameter is the NDJSON just written.
CREATE OR REPLACE TEMP TABLE structures_lu AS
SELECT * FROM read_json(?, format = 'newline_delimited', columns = {n: 'BIGINT', ligne: 'BIGINT', nom: 'VARCHAR',
    siret: 'VARCHAR', type: 'VARCHAR', code_insee: 'VARCHAR', code_postal: 'VARCHAR', ville: 'VARCHAR',
    departement: 'VARCHAR', lon: 'VARCHAR', lat: 'VARCHAR', forme: 'VARCHAR'});
