-- Purpose: the owners whose sources ask to be published together only (diffusion = 'agrege').
-- Grain: one row per SIREN, hence all the establishments of an owner, in the follow-up and in the DECP alike.
-- Columns: siren, siege_publiable (the seats of the group leave no owner alone in a département, so that it may be said).
CREATE TEMP TABLE agrege AS
WITH proprietaire AS (
    SELECT DISTINCT left(m.acheteur_siret, 9) AS siren
    FROM travail.suivi_marches m JOIN travail.source s USING (source_id) WHERE s.diffusion = 'agrege'
), siege AS (
    SELECT p.siren, count(*) OVER (PARTITION BY coalesce(c.departement, s.departement)) AS voisins
    FROM proprietaire p
    LEFT JOIN travail.ref_siege s ON s.siren = p.siren
    LEFT JOIN travail.ref_commune c ON c.code = s.commune
)
SELECT siren, min(voisins) OVER () > 1 AS siege_publiable FROM siege;
