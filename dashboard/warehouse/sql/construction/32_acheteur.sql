-- Purpose: the contracting authorities that have at least one contract, with their name and seat.
-- Grain: one row per SIRET; one row, 'grands_projets', for all the owners that may only be published together.
-- Columns: siret, nom (reference, else the name published in the DECP, else the SIRET), categorie, commune, dep, epci, marches.
CREATE TABLE acheteur AS
WITH nom_publie AS (
    SELECT acheteur_siret, mode(acheteur_nom) AS nom FROM travail.decp_marche
    WHERE acheteur_nom IS NOT NULL GROUP BY 1
)
SELECT m.acheteur AS siret,
       CASE m.acheteur WHEN 'grands_projets' THEN 'Grands maîtres d’ouvrage franciliens (ensemble)'
            ELSE coalesce(any_value(s.nom), any_value(p.nom), 'SIRET ' || m.acheteur) END AS nom,
       any_value(m.categorie_acheteur) AS categorie, any_value(m.siege_commune) AS commune,
       CASE WHEN m.acheteur <> 'grands_projets' THEN any_value(m.siege_dep) END AS departement,
       any_value(m.siege_epci) AS epci, count(*) AS marches
FROM marche m
LEFT JOIN travail.ref_siege s ON s.siren = left(m.acheteur_siret, 9)
LEFT JOIN nom_publie p USING (acheteur_siret)
GROUP BY m.acheteur ORDER BY nom, siret;
