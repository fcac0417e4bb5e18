-- Purpose: what becomes of each lot: joined by its number, joined by its likeness, to be confirmed, or alone.
-- Grain: rapprochement = one lot followed (temporary).
-- Columns: statut and the uid joined. « probable » asks all of it: first for the lot and for the contract (hence one to one), score
-- over the threshold, well ahead of the next on both sides, an object on both sides, no contrary number of lot, the same titulaire
-- without a contrary amount or, the titulaire unknown, the same amount. « a_confirmer » is never joined. score: 1 when exact, else
-- that of the best candidate, NULL without any.
CREATE TEMP TABLE rapprochement AS
WITH premier AS (
    SELECT c.*, b.a_confirmer,
           score >= b.probable AND rang_publie = 1 AND score_objet IS NOT NULL AND autre_lot IS NOT TRUE
           AND round(score - coalesce(suivant, 0), 4) >= b.marge AND round(score - coalesce(suivant_publie, 0), 4) >= b.marge
           AND CASE WHEN score_titulaire IS NULL THEN coalesce(score_montant, 0) >= 0.98
                    ELSE score_titulaire = 1 AND coalesce(score_montant, 1) >= 0.7 END AS probable
    FROM candidat_lu c CROSS JOIN bareme b WHERE rang = 1
)
SELECT l.marche_id, CASE WHEN p.probable THEN p.uid ELSE e.uid END AS uid,
       CASE WHEN e.uid IS NOT NULL THEN 'exact' WHEN p.probable THEN 'probable' WHEN p.score >= p.a_confirmer THEN 'a_confirmer'
            ELSE 'aucun' END::t_rapprochement AS statut,
       CASE WHEN e.uid IS NOT NULL THEN 1 ELSE p.score END AS score
FROM lot_lu l LEFT JOIN exact e USING (marche_id) LEFT JOIN premier p USING (marche_id);
