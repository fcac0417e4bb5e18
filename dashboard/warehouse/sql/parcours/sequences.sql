-- Purpose: what each person did quarter after quarter, over the 24 months from the quarter of their first hour.
-- Grain: one person whose eight quarters end before the data do (temporary); the others are not followed long enough.
-- Columns: personne_no, etats (8 states; that of a quarter is the contract with most hours in it, the oldest if equal).
CREATE TEMP TABLE parcours_sequence AS
WITH fait AS (
    SELECT k.personne_no, k.contrat_no, year(h.mois) * 4 + quarter(h.mois) AS trimestre, h.heures,
           CASE WHEN k.modalite_embauche IN ('etti', 'ei', 'ai', 'aci', 'regie')
                  OR k.type_contrat IN ('cddi', 'interim_insertion') THEN 'emploi_insertion'
                WHEN k.modalite_embauche = 'geiq' OR k.type_contrat IN ('apprentissage', 'professionnalisation')
                  THEN 'alternance'
                WHEN k.type_contrat IN ('interim', 'cdd', 'cdi') THEN k.type_contrat ELSE 'autre' END AS etat
    FROM travail.suivi_heures h JOIN contrat_lu k USING (contrat_id) WHERE h.heures > 0
), fin AS (
    -- The last quarter whose three months are observed.
    SELECT (year(max(mois)) * 12 + month(max(mois))) // 3 AS trimestre FROM travail.suivi_heures WHERE heures > 0
), suivi AS (
    SELECT personne_no, min(f.trimestre) AS premier FROM fait f GROUP BY personne_no
    HAVING premier + 7 <= (SELECT trimestre FROM fin)
), contrat AS (
    SELECT s.personne_no, trimestre - premier AS rang, contrat_no, any_value(etat) AS etat, sum(heures) AS heures
    FROM fait JOIN suivi s USING (personne_no) WHERE trimestre - premier < 8 GROUP BY ALL
), principal AS (
    SELECT personne_no, rang, arg_max(etat, (heures, -contrat_no)) AS etat FROM contrat GROUP BY ALL
)
SELECT personne_no, [
    coalesce(any_value(etat) FILTER (rang = 0), 'sans_heures'), coalesce(any_value(etat) FILTER (rang = 1), 'sans_heures'),
    coalesce(any_value(etat) FILTER (rang = 2), 'sans_heures'), coalesce(any_value(etat) FILTER (rang = 3), 'sans_heures'),
    coalesce(any_value(etat) FILTER (rang = 4), 'sans_heures'), coalesce(any_value(etat) FILTER (rang = 5), 'sans_heures'),
    coalesce(any_value(etat) FILTER (rang = 6), 'sans_heures'), coalesce(any_value(etat) FILTER (rang = 7), 'sans_heures')
] AS etats
FROM principal GROUP BY personne_no;
