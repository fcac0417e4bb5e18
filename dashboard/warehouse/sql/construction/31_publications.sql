-- Purpose: what the DECP and the follow-up say of the contracts, as published, beside the joined table.
-- Grain: one titulaire, one subcontracting act, one modification, one contract published, one operation.
-- Columns: those of the loaders. What only some rows are joined on is NULL for the others: a condition on one side of a left join
-- would compare every pair. An operation of owners that may only be published together (table agrege) is left out.
CREATE TABLE titulaire AS
SELECT t.* REPLACE (coalesce(t.categorie, e.categorie) AS categorie)
FROM travail.decp_titulaire t
LEFT JOIN travail.entreprise e ON e.siren = CASE WHEN t.type_identifiant IN ('SIRET', 'SIREN') THEN left(t.identifiant, 9) END
ORDER BY uid, rang;
-- The official schema gives neither the name nor the size of a subcontractor: those it has as a titulaire elsewhere.
CREATE TABLE sous_traitance AS
WITH connu AS (
    SELECT identifiant, mode(denomination) AS denomination, mode(categorie) AS categorie FROM titulaire
    WHERE type_identifiant = 'SIRET' GROUP BY 1
)
SELECT s.uid, s.rang, s.type_identifiant, s.identifiant, coalesce(s.denomination, c.denomination) AS denomination,
       coalesce(c.categorie, e.categorie) AS categorie, s.montant, s.date_notification, s.duree_mois
FROM travail.decp_sous_traitance s
LEFT JOIN connu c ON c.identifiant = CASE WHEN s.type_identifiant = 'SIRET' THEN s.identifiant END
LEFT JOIN travail.entreprise e ON e.siren = CASE WHEN s.type_identifiant IN ('SIRET', 'SIREN') THEN left(s.identifiant, 9) END
ORDER BY s.uid, s.rang;
CREATE TABLE modification AS SELECT * FROM travail.decp_modification ORDER BY uid, rang;
CREATE TABLE marche_publie AS SELECT * FROM travail.decp_marche ORDER BY date_notification, uid;
CREATE TABLE operation AS
SELECT * FROM travail.suivi_operations o
WHERE left(o.maitre_ouvrage_siret, 9) NOT IN (SELECT siren FROM agrege) AND o.operation_id NOT IN (
    SELECT m.operation_id FROM travail.suivi_marches m JOIN agrege g ON g.siren = left(m.acheteur_siret, 9)
    WHERE m.operation_id IS NOT NULL)
ORDER BY operation_id;
