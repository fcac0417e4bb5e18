-- Purpose: what brings each lot and each of its candidates together, and the score it makes.
-- Grain: candidat_lu = one lot × one candidate; bareme = the weights and the thresholds, one row (both temporary).
-- Columns: parts in [0, 1], NULL when a side says nothing: objet (halved for autre_lot: both name a lot, and not the same),
-- titulaire (SIREN among those published), montant (ratio to the initial or last amount, 0 at the double), date (0 at 180 days),
-- cpv (digits in common), numero (1 when one begins with the other, else NULL: it can only bring together). score = their mean
-- weighted by bareme, the missing ones left out. Places and next scores: rang, suivant among those of the lot; rang_publie,
-- suivant_publie among those of the contract. Why these weights: docs/methode/rapprochement.md.
CREATE TEMP TABLE bareme AS
SELECT 0.35 AS objet, 0.25 AS titulaire, 0.20 AS montant, 0.15 AS jour, 0.05 AS cpv, 0.10 AS numero,
       0.80 AS probable, 0.10 AS marge, 0.50 AS a_confirmer;
CREATE TEMP MACRO si_connu(poids, valeur) AS CASE WHEN valeur IS NOT NULL THEN poids END;
CREATE TEMP TABLE candidat_lu AS
WITH firme AS (
    SELECT uid, list(DISTINCT left(identifiant, 9)) AS sirens FROM travail.decp_titulaire
    WHERE type_identifiant = 'SIRET' AND identifiant IS NOT NULL GROUP BY uid
), partie AS (
    SELECT l.marche_id, p.uid, l.rang_lot <> p.rang_lot AS autre_lot,
           CASE WHEN l.texte <> '' AND p.texte <> '' THEN coalesce(r.objet, 0) / if(autre_lot, 2, 1) END AS score_objet,
           CASE WHEN l.titulaire IS NOT NULL THEN CAST(list_contains(f.sirens, l.titulaire) AS DOUBLE) END AS score_titulaire,
           CASE WHEN l.montant IS NOT NULL AND coalesce(p.montant, p.montant_initial) IS NOT NULL THEN round(greatest(0, 1
               - least(abs(ln(l.montant / p.montant)), abs(ln(l.montant / p.montant_initial))) / ln(2)), 4) END AS score_montant,
           round(1 - abs(date_diff('day', l.jour, p.jour)) / 180, 4) AS score_date,
           CASE WHEN l.cpv IS NULL OR p.cpv IS NULL THEN NULL WHEN l.cpv = p.cpv THEN 1.0 WHEN l.cpv[:5] = p.cpv[:5] THEN 0.8
                WHEN l.cpv[:3] = p.cpv[:3] THEN 0.5 WHEN l.cpv[:2] = p.cpv[:2] THEN 0.3 ELSE 0 END::DOUBLE AS score_cpv,
           CASE WHEN length(l.numero) >= 5 AND length(p.numero) >= 5 AND abs(length(l.numero) - length(p.numero)) <= 4
                     AND (starts_with(l.numero, p.numero) OR starts_with(p.numero, l.numero)) THEN 1.0 END::DOUBLE AS score_numero
    FROM paire JOIN lot_seul l USING (i) JOIN publie_seul p USING (j)
    LEFT JOIN ressemblance r USING (i, j) LEFT JOIN firme f USING (uid)
), note AS (
    SELECT p.*, round(
        list_sum([b.objet * score_objet, b.titulaire * score_titulaire, b.montant * score_montant, b.jour * score_date,
                  b.cpv * score_cpv, b.numero * score_numero])
        / list_sum([si_connu(b.objet, score_objet), si_connu(b.titulaire, score_titulaire), si_connu(b.montant, score_montant),
                    si_connu(b.jour, score_date), si_connu(b.cpv, score_cpv), si_connu(b.numero, score_numero)]), 4) AS score
    FROM partie p CROSS JOIN bareme b
)
SELECT *, row_number() OVER du_lot AS rang, lead(score) OVER du_lot AS suivant,
       row_number() OVER du_publie AS rang_publie, lead(score) OVER du_publie AS suivant_publie
FROM note WHERE score IS NOT NULL
WINDOW du_lot AS (PARTITION BY marche_id ORDER BY score DESC, uid), du_publie AS (PARTITION BY uid ORDER BY score DESC, marche_id);
