-- Purpose: the work contracts, each with how far from home it is carried out.
-- Grain: one work contract (temporary: the reference of the contract never enters the file).
-- Columns: distance_km = great-circle distance between the centroids of the communes of residence and of execution
-- (haversine, mean radius 6371 km; 0 inside one commune; NULL when one of the two is unknown).
CREATE TEMP TABLE contrat_lu AS
WITH centre AS (SELECT code, radians(lon) AS lon, radians(lat) AS lat FROM territoire WHERE niveau = 'commune'),
lu AS (
    SELECT k.contrat_id, CAST(row_number() OVER (ORDER BY k.date_debut, k.contrat_id) AS INTEGER) AS contrat_no,
           m.marche_no, p.personne_no, k.type_contrat::t_contrat AS type_contrat,
           k.modalite_embauche::t_modalite AS modalite_embauche, k.employeur_siret, k.date_debut, k.date_fin, k.rome,
           p.res_commune, m.exec_commune
    FROM travail.suivi_contrats k
    JOIN marche m ON m.marche_id = k.marche_id AND m.origine <> 'decp'
    JOIN personne_lue p USING (personne_id)
), paire AS (SELECT DISTINCT res_commune, exec_commune FROM lu), eloignement AS (
    SELECT res_commune, exec_commune,
           2 * 6371 * asin(sqrt(least(1, pow(sin((x.lat - r.lat) / 2), 2)
                                         + cos(r.lat) * cos(x.lat) * pow(sin((x.lon - r.lon) / 2), 2)))) AS distance_km
    FROM paire JOIN centre r ON r.code = res_commune JOIN centre x ON x.code = exec_commune
)
SELECT lu.* EXCLUDE (res_commune, exec_commune), e.distance_km
FROM lu LEFT JOIN eloignement e ON e.res_commune = lu.res_commune AND e.exec_commune = lu.exec_commune;
