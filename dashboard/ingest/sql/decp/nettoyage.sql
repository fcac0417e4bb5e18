-- Purpose: read every value of the contracts that may concern Île-de-France by the rules of macros.sql; nothing recorded yet.
-- Grain: decp_propre, one row per contract; decp_avenants and decp_attributaires, one row per modification and per titulaire.
-- Columns: decp_propre = decp_situe + the columns of decp_marche, raw values kept in the struct « brut ».
CREATE OR REPLACE TEMP TABLE decp_propre AS
WITH libelles AS (
    -- A file has few distinct lists of labels: each is read once.
    SELECT l.sociales AS ecrites, list_filter(list_transform(l.sociales, lambda c: decp_texte(c)), lambda c: c IS NOT NULL) AS textes,
        list_sort(list_distinct(list_filter(list_transform(textes, lambda c: decp_sociale(c)), lambda c: c IS NOT NULL))) AS lues,
        CASE WHEN len(lues) > 1 THEN list_filter(lues, lambda c: c NOT LIKE 'Pas de%') ELSE lues END AS retenues,
        len(lues) > len(retenues) AS sociales_contradictoires,
        len(list_filter(textes, lambda c: decp_sociale(c) IS NULL)) > 0 AS sociales_inconnues,
        len(list_filter(textes, lambda c: decp_sociale(c) <> c)) > 0 AS sociales_reecrites
    FROM (SELECT DISTINCT sociales FROM decp_lu) l
), environnements AS (
    SELECT l.environnementales AS ecrites, list_sort(list_distinct(list_filter(
        list_transform(l.environnementales, lambda c: decp_environnementale(c)), lambda c: c IS NOT NULL))) AS lues
    FROM (SELECT DISTINCT environnementales FROM decp_lu) l
)
SELECT s.*, l AS brut, l.ligne, decp_siret(l.acheteur_id) AS acheteur_siret, decp_texte(l.acheteur_nom) AS acheteur_nom,
    decp_texte(l.numero) AS numero, decp_siret(l.acheteur_id) || decp_numero(l.numero) AS uid,
    decp_texte(l.nature) AS nature, decp_texte(l.objet) AS objet, decp_cpv(l.cpv) AS cpv,
    decp_texte(l.procedure) AS procedure,
    coalesce(nullif(regexp_extract(decp_cle(l.type_marche), '^(travaux|services|fournitures)$'), ''),
        decp_type_achat(decp_cpv(l.cpv))) AS type_achat,
    decp_duree(decp_nombre(l.duree)) AS duree_mois,
    decp_date(l.date_notification) AS date_notification, decp_date(l.date_publication) AS date_publication,
    decp_nombre(l.montant) AS montant_lu, decp_montant(decp_nombre(l.montant)) AS montant,
    decp_cpv_chiffres(l.cpv) AS cpv_chiffres,
    coalesce(decp_cle(l.nature) LIKE 'accord%cadre%', false)
        OR coalesce(list_contains(list_transform(l.techniques, lambda t: decp_cle(t)), 'accord-cadre'), false) AS accord_cadre,
    libelles.retenues AS sociales, environnements.lues AS environnementales,
    libelles.* EXCLUDE (ecrites, textes, lues, retenues)
FROM decp_situe s JOIN decp_lu l USING (n) LEFT JOIN libelles ON libelles.ecrites IS NOT DISTINCT FROM l.sociales
LEFT JOIN environnements ON environnements.ecrites IS NOT DISTINCT FROM l.environnementales
WHERE s.perimetre IN ('idf', 'inconnu');

CREATE OR REPLACE TEMP TABLE decp_avenants AS
WITH a AS (
    SELECT p.n, p.ligne, unnest(p.brut.modifications) AS m, generate_subscripts(p.brut.modifications, 1) AS position FROM decp_propre p
)
SELECT n, ligne, row_number() OVER (PARTITION BY n ORDER BY try_cast(m.rang AS DOUBLE) NULLS FIRST, position)::INTEGER AS rang, m AS brut,
    decp_date(m.date_notification) AS date_notification, decp_date(m.date_publication) AS date_publication,
    decp_duree(decp_nombre(m.duree)) AS duree_mois, decp_montant(decp_nombre(m.montant)) AS montant, decp_texte(m.objet) AS objet
FROM a;

-- The last modification that names titulaires replaces those of the award.
CREATE OR REPLACE TEMP TABLE decp_attributaires AS
WITH derniers AS (
    SELECT n, arg_max(brut.titulaires, rang) AS titulaires FROM decp_avenants
    WHERE len(list_filter(brut.titulaires, lambda t: decp_texte(t.id) IS NOT NULL)) > 0 GROUP BY n
), t AS (
    SELECT p.n, p.ligne, unnest(coalesce(d.titulaires, p.brut.titulaires)) AS t,
        generate_subscripts(coalesce(d.titulaires, p.brut.titulaires), 1) AS position
    FROM decp_propre p LEFT JOIN derniers d USING (n)
)
SELECT n, ligne, position, t AS brut,
    CASE WHEN decp_cle(t.type) IN ('siret', 'siren') OR (decp_texte(t.type) IS NULL AND length(decp_chiffres(t.id)) = 14)
        THEN decp_siret(t.id) ELSE decp_texte(t.id) END AS identifiant,
    coalesce(upper(decp_texte(t.type)), CASE WHEN length(decp_chiffres(t.id)) = 14 THEN 'SIRET' END) AS type_identifiant,
    decp_texte(t.nom) AS denomination, decp_categorie(t.categorie) AS categorie
FROM t WHERE coalesce(decp_texte(t.id), decp_texte(t.nom)) IS NOT NULL;
