-- But : retenir les identifiants de personnes que la source n’a pas encore montrés.
-- Grain : un identifiant distinct encore inconnu (tables temporaires, jamais écrites sur disque avec la base).
-- Colonnes : brut, empreinte (calculée ensuite).
CREATE TEMP TABLE IF NOT EXISTS suivi_pseudonyme (brut VARCHAR, empreinte VARCHAR);
CREATE OR REPLACE TEMP TABLE suivi_nouveau AS
SELECT DISTINCT "personne_id@" AS brut FROM suivi_type
WHERE "personne_id@" IS NOT NULL AND "personne_id@" NOT IN (SELECT brut FROM suivi_pseudonyme);
