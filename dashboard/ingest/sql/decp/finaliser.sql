-- Purpose: one row per contract across files and platforms; every copy set aside is reported.
-- Grain: decp_marche one row per uid; decp_titulaire, decp_modification and decp_sous_traitance per uid and rang.
-- Columns: those of the contract with the snapshot (uid, source_id, ligne, acheteur_siret, …).
CREATE OR REPLACE TABLE decp_choix AS
SELECT uid, source_id, n, ligne, objet, montant, row_number() OVER fenetre AS place,
    first_value(source_id) OVER fenetre AS source_gardee, first_value(ligne) OVER fenetre AS ligne_gardee,
    first_value(objet) OVER fenetre AS objet_garde, first_value(montant) OVER fenetre AS montant_garde
FROM decp_etape_marche
WINDOW fenetre AS (PARTITION BY uid ORDER BY sociales IS NULL, derniere_publication DESC NULLS LAST,
    nb_modifications DESC, completude DESC, source_id, n);

INSERT INTO constat
SELECT c.source_id, 'avertissement', NULL, c.ligne, 'id', c.uid, 'doublon',
    format('Marché déjà présent dans « {} » (ligne {}), publication plus récente ou plus complète : seule celle-ci est comptée{}.',
        s.fichier, c.ligne_gardee, CASE WHEN decp_cle(c.objet) IS DISTINCT FROM decp_cle(c.objet_garde) THEN ' ; leur objet diffère'
            WHEN c.montant IS DISTINCT FROM c.montant_garde THEN ' ; leur montant diffère' ELSE '' END)
FROM decp_choix c JOIN source s ON s.source_id = c.source_gardee WHERE c.place > 1 ORDER BY c.source_id, c.ligne;

CREATE OR REPLACE TABLE decp_marche AS
SELECT m.* EXCLUDE (n, derniere_publication, completude)
FROM decp_etape_marche m SEMI JOIN (FROM decp_choix WHERE place = 1) c ON c.source_id = m.source_id AND c.n = m.n
ORDER BY m.date_notification, m.uid;

-- Titulaires of all the copies in the file kept: some files write one record per lot or co-titulaire under one number.
CREATE OR REPLACE TABLE decp_titulaire AS
SELECT uid, row_number() OVER (PARTITION BY uid ORDER BY place, rang)::INTEGER AS rang, type_identifiant, identifiant, denomination,
    categorie
FROM (SELECT c.uid, c.place, t.* FROM decp_etape_titulaire t JOIN decp_choix c USING (source_id, n)
      WHERE c.source_id = c.source_gardee
      QUALIFY row_number() OVER (PARTITION BY c.uid, coalesce(t.identifiant, decp_cle(t.denomination)) ORDER BY c.place, t.rang) = 1)
ORDER BY ALL;

CREATE OR REPLACE TABLE decp_modification AS
SELECT c.uid, a.rang, a.date_notification, a.date_publication, a.duree_mois, a.montant, a.objet
FROM decp_etape_modification a JOIN decp_choix c USING (source_id, n) WHERE c.place = 1 ORDER BY ALL;

CREATE OR REPLACE TABLE decp_sous_traitance AS
SELECT c.uid, s.* EXCLUDE (source_id, n)
FROM decp_etape_sous_traitance s JOIN decp_choix c USING (source_id, n) WHERE c.place = 1 ORDER BY c.uid, s.rang;

DROP TABLE decp_choix;
DROP TABLE decp_etape_marche;
DROP TABLE decp_etape_titulaire;
DROP TABLE decp_etape_modification;
DROP TABLE decp_etape_sous_traitance;
