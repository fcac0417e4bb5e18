-- Purpose: what could be the published contract of a lot that its number does not join, for who follows the lot to settle.
-- Grain: one lot × one of its three best candidates above the threshold of « a_confirmer » (« probable »: rank 1 is the one joined).
-- Columns: marche_no of the lot, uid published, rang, score and its parts in [0, 1] (NULL: one side says nothing).
-- Owners that may only be published together are left out: no list of theirs is published.
CREATE TABLE candidat AS
SELECT m.marche_no, c.uid, CAST(c.rang AS UTINYINT) AS rang, c.score, c.score_objet, c.score_date, c.score_titulaire,
       c.score_montant, c.score_cpv, c.score_numero
FROM candidat_lu c JOIN marche m ON m.marche_id = c.marche_id AND m.rapprochement IN ('probable', 'a_confirmer')
WHERE c.rang <= 3 AND c.score >= (SELECT a_confirmer FROM bareme) AND m.acheteur <> 'grands_projets'
ORDER BY m.marche_no, c.rang;
