-- Purpose: every published contract that could be the one of a lot without exact number, and how close their objects are.
-- Grain: paire = one lot × one contract of the same legal person, neither joined exactly, notified within 180 days (or undated).
-- Columns: ressemblance(i, j, objet) = weight of the words in common over the weight of all their words; a word weighs the
-- logarithm of its rarity, is cut at five letters (abbreviations, plurals), without accent or case; « lot 4 » is read apart.
CREATE TEMP MACRO texte_nu(t) AS trim(regexp_replace(lower(strip_accents(replace(replace(
    regexp_replace(t, '<[^>]*>|&#?\w+;', ' ', 'g'), 'œ', 'oe'), 'Œ', 'oe'))), '[^a-z0-9]+', ' ', 'g'));
CREATE TEMP MACRO sans_lot(t) AS trim(regexp_replace(t, '\blots? ?(n|no|numero)? ?\d+\b', ' ', 'g'));
CREATE TEMP MACRO rang_du_lot(t) AS TRY_CAST(regexp_extract(t, '\blots? ?(?:n|no|numero)? ?(\d+)\b', 1) AS BIGINT);
CREATE TEMP TABLE lot_seul AS
SELECT row_number() OVER (ORDER BY marche_id) AS i, *, sans_lot(texte_nu(objet)) AS texte,
       coalesce(rang_du_lot(texte_nu(objet)), rang_du_lot('lot ' || regexp_extract(lot, '\d+'))) AS rang_lot
FROM lot_lu ANTI JOIN exact USING (marche_id);
CREATE TEMP TABLE publie_seul AS
SELECT row_number() OVER (ORDER BY uid) AS j, *, sans_lot(texte_nu(objet)) AS texte, rang_du_lot(texte_nu(objet)) AS rang_lot
FROM publie_lu ANTI JOIN exact USING (uid) SEMI JOIN lot_seul USING (siren);
CREATE TEMP TABLE paire AS
SELECT i, j FROM lot_seul l JOIN publie_seul p USING (siren)
WHERE l.jour IS NULL OR p.jour IS NULL OR p.jour BETWEEN l.jour - 180 AND l.jour + 180;
CREATE TEMP TABLE mot AS
WITH lu AS (
    SELECT DISTINCT -i AS texte_no, left(unnest(string_split(texte, ' ')), 5) AS mot FROM lot_seul WHERE texte <> ''
    UNION ALL
    SELECT DISTINCT j, left(unnest(string_split(texte, ' ')), 5) FROM publie_seul WHERE texte <> ''
), rarete AS (SELECT mot, ln((SELECT count(DISTINCT texte_no) FROM lu) / count(*)) + 0.1 AS poids FROM lu WHERE mot <> '' GROUP BY mot)
SELECT texte_no, mot, poids, sum(poids) OVER (PARTITION BY texte_no) AS total FROM lu JOIN rarete USING (mot);
CREATE TEMP TABLE ressemblance AS
SELECT i, j, round(sum(l.poids) / (any_value(l.total) + any_value(p.total) - sum(l.poids)), 4) AS objet
FROM paire JOIN mot l ON l.texte_no = -i JOIN mot p ON p.texte_no = j AND p.mot = l.mot GROUP BY i, j;
