-- Purpose: the persons, as a keyed hash turned into a number, with what the next steps join on.
-- Grain: one row per person (temporary: the hash and the year of birth never enter the file, even in a page freed later).
-- Columns: personne_id, personne_no, cle (record key 0–255), annee_naissance, attributes, residence (commune at the finest).
CREATE TEMP TABLE personne_lue AS
SELECT p.personne_id, CAST(row_number() OVER (ORDER BY p.personne_id) AS INTEGER) AS personne_no, p.cle_enregistrement AS cle,
       coalesce(p.sexe, 'nd')::t_sexe AS sexe, p.annee_naissance,
       coalesce(p.niveau_formation, 'nd')::t_niveau AS niveau_formation,
       p.publics, coalesce(p.qpv, list_contains(p.publics, 'qpv')) AS qpv,
       coalesce(list_contains(p.publics, 'rsa'), false) AS rsa, coalesce(list_contains(p.publics, 'deld'), false) AS deld,
       coalesce(list_contains(p.publics, 'rqth'), false) AS rqth,
       coalesce(p.prescripteur, 'autre')::t_prescripteur AS prescripteur,
       c.departement AS res_dep, c.epci AS res_epci, c.code AS res_commune
FROM travail.suivi_personnes p LEFT JOIN travail.ref_commune c ON c.code = p.commune_residence;
