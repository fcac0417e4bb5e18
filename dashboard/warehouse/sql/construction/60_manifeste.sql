-- Purpose: sources, corrections and rejects, as the site and the command line report them.
-- Grain: source = one file or folder; constat = one correction or reject.
-- Columns: constat(nature, feuille, ligne, colonne, valeur, regle, message).
CREATE TABLE source AS
SELECT s.*, coalesce(c.corrections, 0) AS corrections, coalesce(c.rejets, 0) AS rejets
FROM travail.source s
LEFT JOIN (SELECT source_id, count(*) FILTER (nature = 'correction') AS corrections,
                  count(*) FILTER (nature = 'rejet') AS rejets FROM travail.constat GROUP BY 1) c USING (source_id)
ORDER BY source_id;
CREATE TABLE constat AS SELECT * FROM travail.constat ORDER BY source_id, nature, regle, ligne, feuille, colonne, valeur, message;
CREATE VIEW rejet AS SELECT * FROM constat WHERE nature = 'rejet';
CREATE VIEW correction AS SELECT * FROM constat WHERE nature = 'correction';
