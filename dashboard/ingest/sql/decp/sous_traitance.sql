-- Purpose: read the subcontracting acts of the contracts kept, in their last state (a modification names the act it changes).
-- Grain: decp_actes, one row per act; decp_actes_modifies, one row per modification of an act.
-- Columns: rang_lu (number given by the buyer), brut (values as written), the act as it is kept, montant_marche (the highest known).
CREATE OR REPLACE TEMP TABLE decp_actes_modifies AS
WITH m AS (
    SELECT n, ligne, unnest(brut.sous_traitances_modifiees) AS m, generate_subscripts(brut.sous_traitances_modifiees, 1) AS position
    FROM decp_propre
)
SELECT n, ligne, m AS brut, decp_texte(m.rang) AS rang_lu, decp_montant_acte(decp_nombre(m.montant)) AS montant,
    decp_duree(decp_nombre(m.duree)) AS duree_mois, decp_date(m.date_notification) AS date_notification,
    row_number() OVER (PARTITION BY n ORDER BY decp_date(m.date_notification) NULLS FIRST, position) AS ordre
FROM m;

CREATE OR REPLACE TEMP TABLE decp_actes AS
WITH a AS (
    SELECT p.n, p.ligne, p.date_notification AS notifie, unnest(p.brut.sous_traitances) AS a,
        generate_subscripts(p.brut.sous_traitances, 1) AS position,
        greatest(p.montant, (SELECT max(v.montant) FROM decp_avenants v WHERE v.n = p.n)) AS montant_marche
    FROM decp_propre p
), etats AS (
    SELECT n, rang_lu, arg_max(montant, ordre) AS montant, arg_max(duree_mois, ordre) AS duree_mois FROM decp_actes_modifies GROUP BY ALL
)
SELECT a.n, a.ligne, a.notifie, a.montant_marche, a.a AS brut, decp_texte(a.a.rang) AS rang_lu,
    row_number() OVER (PARTITION BY a.n ORDER BY try_cast(a.a.rang AS DOUBLE) NULLS LAST, a.position)::INTEGER AS rang,
    CASE WHEN decp_cle(a.a.type) IN ('siret', 'siren') OR (decp_texte(a.a.type) IS NULL AND length(decp_chiffres(a.a.id)) = 14)
        THEN decp_siret(a.a.id) ELSE decp_texte(a.a.id) END AS identifiant,
    coalesce(upper(decp_texte(a.a.type)), CASE WHEN length(decp_chiffres(a.a.id)) = 14 THEN 'SIRET' END) AS type_identifiant,
    decp_texte(a.a.nom) AS denomination, decp_montant_acte(decp_nombre(a.a.montant)) AS montant_lu,
    coalesce(e.montant, decp_montant_acte(decp_nombre(a.a.montant))) AS montant,
    decp_date(a.a.date_notification) AS date_notification,
    coalesce(e.duree_mois, decp_duree(decp_nombre(a.a.duree))) AS duree_mois
FROM a LEFT JOIN etats e ON e.n = a.n AND e.rang_lu = decp_texte(a.a.rang)
WHERE coalesce(decp_texte(a.a.id), decp_texte(a.a.nom), decp_texte(a.a.montant)) IS NOT NULL;
