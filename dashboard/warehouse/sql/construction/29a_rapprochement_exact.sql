-- Purpose: lots and published contracts side by side, joined where the number of the contract says so (« exact »).
-- Grain: lot_lu = one lot followed; publie_lu = one contract published; exact = one lot joined by its number (all temporary).
-- Columns: siren of the buyer (a contract binds the legal person: its establishments sign for one another), cle = SIRET of the
-- buyer and number, without separators; numero = letters and digits of the number alone, in capitals; jour = notification.
CREATE TYPE t_rapprochement AS ENUM ('exact', 'probable', 'a_confirmer', 'aucun');
CREATE TEMP MACRO serre(t) AS regexp_replace(t, '[^A-Za-z0-9]', '', 'g');
CREATE TEMP TABLE lot_lu AS
SELECT marche_id, left(acheteur_siret, 9) AS siren, serre(acheteur_siret || numero_decp) AS cle, upper(serre(numero_decp)) AS numero,
       lot, objet, date_notification AS jour, CASE WHEN montant_ht > 0 THEN montant_ht END AS montant, left(cpv, 8) AS cpv,
       left(titulaire_siret, 9) AS titulaire
FROM travail.suivi_marches;
CREATE TEMP TABLE publie_lu AS
SELECT uid, serre(uid) AS cle, left(acheteur_siret, 9) AS siren, upper(serre(numero)) AS numero, objet, date_notification AS jour,
       CASE WHEN montant > 0 THEN montant END AS montant, CASE WHEN montant_initial > 0 THEN montant_initial END AS montant_initial,
       left(cpv, 8) AS cpv
FROM travail.decp_marche
QUALIFY row_number() OVER (PARTITION BY cle ORDER BY date_notification DESC, uid) = 1;
CREATE TEMP TABLE exact AS SELECT marche_id, uid FROM lot_lu JOIN publie_lu USING (cle);
