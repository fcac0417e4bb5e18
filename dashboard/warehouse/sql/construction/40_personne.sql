-- Purpose: the persons, as a keyed hash turned into a number, with banded attributes only.
-- Grain: one row per person.
-- Columns: personne_no, cle (record key 0–255), attributes, residence (commune at the finest).
CREATE TABLE personne AS
SELECT CAST(row_number() OVER (ORDER BY p.personne_id) AS INTEGER) AS personne_no, p.cle_enregistrement AS cle,
       coalesce(p.sexe, 'nd')::t_sexe AS sexe, p.annee_naissance,
       coalesce(p.niveau_formation, 'nd')::t_niveau AS niveau_formation,
       p.publics, coalesce(p.qpv, list_contains(p.publics, 'qpv')) AS qpv,
       coalesce(p.prescripteur, 'autre')::t_prescripteur AS prescripteur,
       c.departement AS res_dep, c.epci AS res_epci, c.code AS res_commune
FROM travail.suivi_personnes p LEFT JOIN travail.ref_commune c ON c.code = p.commune_residence
ORDER BY personne_no;
CREATE TEMP TABLE lien_personne AS
SELECT personne_id, CAST(row_number() OVER (ORDER BY personne_id) AS INTEGER) AS personne_no FROM travail.suivi_personnes;
