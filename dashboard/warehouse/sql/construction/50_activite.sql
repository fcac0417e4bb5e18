-- Purpose: hours engaged and realised of every lot followed, month by month, without any personal attribute.
-- Grain: one lot × one month in which it runs or declares hours.
-- Columns: engagees = the lot's engaged hours spread evenly over its months (duration unknown: 12 months; date unknown:
-- from its first declared hours); realisees, validees; comparees = realised on lots whose commitment is known.
CREATE TABLE activite AS
WITH fait AS (
    SELECT marche_no, mois, sum(heures) AS realisees, sum(heures) FILTER (validee) AS validees FROM heures GROUP BY ALL
), premier AS (
    SELECT marche_no, min(mois) AS mois FROM fait GROUP BY ALL
), duree AS (
    SELECT marche_no, date_trunc('month', coalesce(date_notification, premier.mois)) AS debut,
           CAST(greatest(1, least(180, coalesce(round(duree_mois), 12))) AS INTEGER) AS mois_prevus, heures_engagees
    FROM marche LEFT JOIN premier USING (marche_no) WHERE origine <> 'decp'
), prevu AS (
    SELECT marche_no, CAST(debut + to_months(CAST(i AS INTEGER)) AS DATE) AS mois, heures_engagees / mois_prevus AS engagees
    FROM duree, unnest(range(mois_prevus)) AS t(i) WHERE heures_engagees > 0 AND debut IS NOT NULL
), ensemble AS (
    SELECT coalesce(p.marche_no, f.marche_no) AS marche_no, coalesce(p.mois, f.mois) AS mois,
           coalesce(p.engagees, 0) AS engagees, coalesce(f.realisees, 0) AS realisees, coalesce(f.validees, 0) AS validees
    FROM prevu p FULL JOIN fait f ON p.marche_no = f.marche_no AND p.mois = f.mois
)
SELECT e.*, CASE WHEN m.heures_engagees > 0 THEN e.realisees ELSE 0 END AS comparees,
       CAST(year(e.mois) AS SMALLINT) AS annee, m.acheteur, m.acheteur_siret, m.categorie_acheteur, m.programme,
       m.secteur, m.type_clause, m.type_achat, m.exec_dep, m.exec_epci, m.exec_commune, m.siege_dep, m.siege_epci, m.siege_commune
FROM ensemble e JOIN marche m USING (marche_no)
ORDER BY annee, e.mois, e.marche_no;
