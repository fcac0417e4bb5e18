-- Purpose: the typical trajectories, whose each person is, and what their members do quarter after quarter.
-- Grain: parcours_type = one group; parcours_etat = one group × one quarter (1–8) × one state; parcours_personne (temporary).
-- Columns: parcours_type has words only; parcours_etat has true counts (effectif) and sums of record keys (cle): persons.
-- Reads two tables given by the caller: type_parcours and groupe_sequence (etats, groupe).
CREATE TEMP TABLE parcours_personne AS
SELECT s.personne_no, CAST(g.groupe AS UTINYINT) AS parcours FROM parcours_sequence s JOIN groupe_sequence g USING (etats);
CREATE TABLE parcours_type AS
SELECT CAST(groupe AS UTINYINT) AS groupe, nom, description, etats FROM type_parcours ORDER BY groupe;
CREATE TABLE parcours_etat AS
WITH p AS (
    SELECT t.parcours AS groupe, l.cle, s.etats
    FROM parcours_personne t JOIN parcours_sequence s USING (personne_no) JOIN personne_lue l USING (personne_no)
)
SELECT groupe, CAST(i AS UTINYINT) AS trimestre, etats[i] AS etat, count(*) AS effectif, CAST(sum(cle) AS BIGINT) AS cle
FROM p CROSS JOIN range(1, 9) AS r(i) GROUP BY ALL ORDER BY ALL;
INSERT INTO nomenclature SELECT 'parcours', CAST(groupe AS VARCHAR), nom, groupe FROM parcours_type;
DROP TABLE parcours_sequence;
