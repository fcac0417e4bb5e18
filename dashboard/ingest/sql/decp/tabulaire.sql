-- Purpose: fold the rows of a flat file (titulaire × modification) into one record per contract, values untouched.
-- Grain: decp_lu, one row per contract: buyer and number, and, when states are not numbered, same object, amount and date (lots that share a number stay apart).
-- Columns: those of COLONNES_LUES (decp_normalise.py).
CREATE OR REPLACE TEMP TABLE decp_lu AS
WITH champs AS (
    SELECT count(sociales) > 0 AS a_sociales, count(environnementales) > 0 AS a_environnementales,
        count(titulaire_id) + count(titulaire_id_1) > 0 AS a_titulaires FROM decp_colonnes
), lignes AS (
    SELECT *,
        coalesce(nullif(decp_chiffres(acheteur_id), '') || '/' || decp_texte(numero), 'ligne ' || n)
            || CASE WHEN etat_id IS NULL THEN concat_ws('/', '', decp_cle(objet), montant, date_notification) ELSE '' END
            || CASE WHEN a_titulaires THEN '' ELSE ' ligne ' || n END AS cle,
        list_filter([
            {'type': decp_texte(titulaire_type), 'id': decp_texte(titulaire_id), 'nom': decp_texte(titulaire_nom),
             'categorie': decp_texte(titulaire_categorie)},
            {'type': decp_texte(titulaire_type_1), 'id': decp_texte(titulaire_id_1), 'nom': decp_texte(titulaire_nom_1), 'categorie': NULL},
            {'type': decp_texte(titulaire_type_2), 'id': decp_texte(titulaire_id_2), 'nom': decp_texte(titulaire_nom_2), 'categorie': NULL},
            {'type': decp_texte(titulaire_type_3), 'id': decp_texte(titulaire_id_3), 'nom': decp_texte(titulaire_nom_3), 'categorie': NULL}
        ], lambda t: t.id IS NOT NULL OR t.nom IS NOT NULL) AS attributaires,
        CASE WHEN etat > 0
            THEN {'rang': etat_id, 'date_notification': date_notification, 'date_publication': date_publication,
                  'duree': duree, 'montant': montant, 'objet': mod_objet}
        WHEN etat_id IS NULL AND coalesce(decp_texte(mod_id), decp_texte(mod_date), decp_texte(mod_publication),
                  decp_texte(mod_duree), decp_texte(mod_montant)) IS NOT NULL
            THEN {'rang': mod_id, 'date_notification': mod_date, 'date_publication': mod_publication,
                  'duree': mod_duree, 'montant': mod_montant, 'objet': mod_objet} END AS modification,
        CASE WHEN decp_texte(mod_titulaire_id) IS NOT NULL
            THEN [{'type': decp_texte(mod_titulaire_type), 'id': decp_texte(mod_titulaire_id), 'nom': decp_texte(mod_titulaire_nom), 'categorie': NULL}]
            ELSE [] END AS remplacants
    FROM (SELECT *, coalesce(try_cast(etat_id AS DOUBLE)::BIGINT, 0) AS etat FROM decp_colonnes), champs
), etats AS (
    SELECT cle, etat, modification, min(n) AS n,
        list_distinct(flatten(list(attributaires))) AS attributaires,
        list_distinct(flatten(list(CASE WHEN etat > 0 THEN attributaires ELSE remplacants END))) AS remplacants
    FROM lignes GROUP BY ALL
), historiques AS (
    SELECT cle, list({'rang': modification.rang, 'date_notification': modification.date_notification,
            'date_publication': modification.date_publication, 'duree': modification.duree,
            'montant': modification.montant, 'objet': modification.objet, 'titulaires': remplacants}
        ORDER BY try_cast(modification.rang AS DOUBLE) NULLS FIRST, n) FILTER (modification IS NOT NULL) AS modifications,
        list_distinct(flatten(list(attributaires) FILTER (etat = etat_initial))) AS titulaires
    FROM (SELECT *, min(etat) OVER (PARTITION BY cle) AS etat_initial FROM etats) GROUP BY cle
), contrats AS (
    SELECT cle, min(ligne) AS ligne, arg_min(lignes, etat * 1_000_000_000_000 + n) AS b,
        bool_and(etat_id IS NULL AND decp_cle(etat_actuel) IN ('non', 'false')) AS perime,
        list_distinct(list({'rang': decp_texte(st_rang), 'type': decp_texte(st_type), 'id': decp_texte(st_id), 'nom': NULL::VARCHAR,
            'duree': decp_texte(st_duree), 'date_notification': decp_texte(st_date), 'montant': decp_texte(st_montant)} ORDER BY n)
            FILTER (coalesce(decp_texte(st_id), decp_texte(st_montant)) IS NOT NULL)) AS sous_traitances,
        list_distinct(list({'rang': decp_texte(st_mod_rang), 'date_notification': decp_texte(st_mod_date),
            'duree': decp_texte(st_mod_duree), 'montant': decp_texte(st_mod_montant)} ORDER BY n)
            FILTER (decp_texte(st_mod_rang) IS NOT NULL)) AS sous_traitances_modifiees
    FROM lignes GROUP BY cle
)
SELECT row_number() OVER (ORDER BY ligne) AS n, ligne, b.uid, b.numero, b.acheteur_id, b.acheteur_nom,
    b.acheteur_departement, b.acheteur_commune, b.acheteur_postal, b.nature, b.objet, b.cpv, b.procedure, b.type_marche,
    b.lieu_code, b.lieu_type, b.lieu_nom, b.duree, b.date_notification, b.date_publication, b.montant,
    decp_liste(b.techniques) AS techniques,
    CASE WHEN a_sociales THEN coalesce(decp_liste(b.sociales), []) END AS sociales,
    CASE WHEN a_environnementales THEN coalesce(decp_liste(b.environnementales), []) END AS environnementales,
    titulaires, coalesce(modifications, []) AS modifications,
    coalesce(sous_traitances, []) AS sous_traitances, coalesce(sous_traitances_modifiees, []) AS sous_traitances_modifiees,
    coalesce(regexp_matches(decp_cle(b.nature), 'concession|delegation de service'), false) AS concession,
    NULL::VARCHAR AS cles, coalesce(perime, false) AS perime
FROM contrats JOIN historiques USING (cle), champs;
