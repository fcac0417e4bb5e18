-- Purpose: read the two useful columns of a list of firms; no other column leaves the file (some hold names of persons).
-- Grain: one row of the file that says a category (the others have nothing to tell).
-- Columns: ligne, siren_brut and categorie_brute (as written), siren (NULL when it is none), categorie (NULL when unknown).
CREATE OR REPLACE TEMP TABLE entreprise_lue AS
SELECT *, CASE WHEN regexp_full_match(chiffres, '[0-9]{9}') AND chiffres <> '000000000' THEN chiffres END AS siren,
       CASE upper(categorie_brute) WHEN 'PME' THEN 'pme' WHEN 'ETI' THEN 'eti' WHEN 'GE' THEN 'ge' END AS categorie
FROM (
    SELECT ligne, nullif(trim(siren), '') AS siren_brut, trim(categorie) AS categorie_brute,
           -- A spreadsheet cuts the zeros at the head of a number, or spaces its digits.
           CASE WHEN length(siren) = 9 THEN siren
                WHEN regexp_full_match(trim(siren), '[0-9]{5,8}') THEN lpad(trim(siren), 9, '0')
                ELSE regexp_replace(siren, '[\s\x{00A0}\x{202F}]', '', 'g') END AS chiffres
    FROM ($lignes) WHERE trim(categorie) <> ''
);
