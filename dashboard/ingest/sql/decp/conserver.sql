-- Purpose: add the contracts of this file to the staging of all files.
-- Grain: decp_etape_marche, one row per contract read; _titulaire, _modification and _sous_traitance, one row per item.
-- Columns: those of the result tables, plus n (rank in the file) and the last state of montant and duree.
INSERT INTO decp_etape_marche
WITH finals AS (
    SELECT n, count(*)::INTEGER AS nb, arg_max(montant, rang) AS montant, arg_max(duree_mois, rang) AS duree_mois,
        max(date_publication) AS publie
    FROM decp_avenants GROUP BY n
), prefixes AS (
    SELECT cpv, arg_max(secteur, length(prefixe)) AS secteur
    FROM (SELECT DISTINCT cpv FROM decp_propre WHERE cpv IS NOT NULL) JOIN ref_cpv_secteur ON starts_with(cpv, prefixe) GROUP BY cpv
)
SELECT p.uid, getvariable('decp_source')::INTEGER, p.n, p.ligne, p.acheteur_siret, p.acheteur_nom, p.numero, p.nature, p.objet, p.cpv,
    p.procedure, p.type_achat, prefixes.secteur, p.lieu_code, p.lieu_type, p.lieu_commune, p.lieu_departement, p.siege_commune,
    p.siege_departement, coalesce(f.duree_mois, p.duree_mois), p.date_notification, p.date_publication,
    coalesce(f.montant, p.montant), p.montant, p.accord_cadre, p.sociales, p.environnementales,
    CASE WHEN list_contains(p.sociales, 'Marché réservé') THEN 'reserve_iae'
        WHEN list_contains(p.sociales, 'Clause sociale') THEN 'execution'
        WHEN list_contains(p.sociales, 'Critère social') THEN 'critere' END,
    coalesce(f.nb, 0), greatest(p.date_publication, f.publie),
    (p.objet IS NOT NULL)::BIGINT + (p.cpv IS NOT NULL)::BIGINT + (p.montant IS NOT NULL)::BIGINT + (p.duree_mois IS NOT NULL)::BIGINT
        + (p.lieu_code IS NOT NULL)::BIGINT + (p.procedure IS NOT NULL)::BIGINT
FROM decp_propre p LEFT JOIN finals f USING (n) LEFT JOIN prefixes USING (cpv);

INSERT INTO decp_etape_titulaire
SELECT getvariable('decp_source')::INTEGER, n, row_number() OVER (PARTITION BY n ORDER BY position)::INTEGER, type_identifiant, identifiant, denomination, categorie
FROM (SELECT * FROM decp_attributaires QUALIFY row_number() OVER (
    PARTITION BY n, coalesce(identifiant, decp_cle(denomination)) ORDER BY position) = 1);

INSERT INTO decp_etape_modification
SELECT getvariable('decp_source')::INTEGER, n, rang, date_notification, date_publication, duree_mois, montant, objet FROM decp_avenants;

INSERT INTO decp_etape_sous_traitance
SELECT getvariable('decp_source')::INTEGER, n, rang, type_identifiant, identifiant, denomination, montant, date_notification, duree_mois
FROM decp_actes;
