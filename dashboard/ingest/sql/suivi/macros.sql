-- But : règles de lecture d’un texte (nombre, date, identifiant…), partagées par toutes les requêtes du suivi.
-- Grain : une valeur ; NULL quand le texte n’a pas la forme voulue.
-- Colonnes : sans objet (macros temporaires).
-- Rien à ôter dans la plupart des cas : le premier et le dernier caractère suffisent à le voir.
CREATE OR REPLACE TEMP MACRO texte(v) AS
    CASE WHEN unicode(v) BETWEEN 33 AND 126 AND unicode(v[-1]) BETWEEN 33 AND 126 THEN v
        ELSE nullif(trim(v, concat(' ', chr(9), chr(10), chr(13), chr(160), chr(8239), chr(65279))), '') END;

CREATE OR REPLACE TEMP MACRO cle_libre(v) AS
    regexp_replace(strip_accents(replace(replace(lower(v), 'œ', 'oe'), 'æ', 'ae')), '[^a-z0-9]+', '', 'g');

CREATE OR REPLACE TEMP MACRO sans_espace(v) AS regexp_replace(v, '[\s\x{00a0}\x{202f}]+', '', 'g');

CREATE OR REPLACE TEMP MACRO nombre_simple(v) AS
    list_transform([v], lambda x: CASE WHEN regexp_full_match(x, '[+-]?[0-9]+([.][0-9]+)?')
        THEN TRY_CAST(x AS DOUBLE) END)[1];

-- Écriture déclarée par la correspondance, déjà reconnue par son motif.
CREATE OR REPLACE TEMP MACRO nombre_declare(v, decimale, milliers) AS
    nombre_simple(replace(CASE WHEN milliers = '' THEN v ELSE replace(sans_espace(v), milliers, '') END, decimale, '.'));

-- Autre écriture : espaces, € ou % ôtés, la virgule décimale l’emporte si elle vient après le point.
CREATE OR REPLACE TEMP MACRO nombre_net(v) AS regexp_replace(sans_espace(v), '(€|%|h|H|euros)$', '');

CREATE OR REPLACE TEMP MACRO nombre_libre(v) AS nombre_simple(list_transform([nombre_net(v)], lambda x: CASE
    WHEN NOT contains(x, ',') THEN x
    WHEN NOT contains(x, '.') THEN replace(x, ',', '.')
    WHEN strpos(x, ',') > strpos(x, '.') THEN replace(replace(x, '.', ''), ',', '.')
    ELSE replace(x, ',', '') END)[1]);

CREATE OR REPLACE TEMP MACRO date_plausible(d) AS
    CASE WHEN d BETWEEN DATE '1995-01-01' AND DATE '2060-12-31' THEN d END;

CREATE OR REPLACE TEMP MACRO date_libre(v) AS coalesce(
    date_plausible(CAST(try_strptime(v, ['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%Y/%m/%d', '%Y%m%d',
        '%Y-%m-%d %H:%M:%S', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%Y-%m-%dT%H:%M:%S']) AS DATE)),
    date_plausible(CAST(try_strptime(v, '%d/%m/%y') AS DATE)),
    CASE WHEN regexp_full_match(v, '[3-5][0-9]{4}') THEN date_plausible(DATE '1899-12-30' + CAST(v AS INTEGER)) END);

CREATE OR REPLACE TEMP MACRO date_lue(v, formats) AS
    coalesce(date_plausible(CAST(try_strptime(v, formats) AS DATE)), date_libre(v));

CREATE OR REPLACE TEMP MACRO mois_lu(v, formats) AS CAST(date_trunc('month', coalesce(
    date_plausible(CAST(try_strptime(v, formats) AS DATE)), date_libre(v),
    date_plausible(CAST(try_strptime(v, ['%Y-%m', '%m/%Y', '%m-%Y', '%Y/%m', '%Y%m']) AS DATE)))) AS DATE);

CREATE OR REPLACE TEMP MACRO booleen_lu(v) AS CASE
    WHEN cle_libre(v) IN ('oui', 'true', 'vrai', '1', 'o', 'x') THEN true
    WHEN cle_libre(v) IN ('non', 'false', 'faux', '0', 'n') THEN false END;

CREATE OR REPLACE TEMP MACRO siret_lu(v) AS CASE
    WHEN regexp_full_match(regexp_replace(sans_espace(v), '[.-]', '', 'g'), '[0-9]{13,14}')
        THEN lpad(regexp_replace(sans_espace(v), '[.-]', '', 'g'), 14, '0') END;

-- Clé de contrôle ôtée, zéro de tête rendu (03…, 09… lus comme nombres par un tableur).
CREATE OR REPLACE TEMP MACRO cpv_lu(v) AS CASE
    WHEN regexp_full_match(sans_espace(v), '[0-9]{7,8}(-[0-9])?')
        THEN lpad(regexp_extract(sans_espace(v), '^[0-9]{7,8}'), 8, '0') END;

CREATE OR REPLACE TEMP MACRO commune_lue(v) AS CASE
    WHEN regexp_full_match(upper(sans_espace(v)), '[0-9][0-9AB]?[0-9]{3}') THEN lpad(upper(sans_espace(v)), 5, '0') END;

-- Code INSEE d’un autre département que les huit de la région, outre-mer et Corse compris (COG : ni 20, ni 99).
CREATE OR REPLACE TEMP MACRO hors_region(code) AS regexp_full_match(code,
    '(0[1-9]|1[0-9]|2[1-9AB]|[3-6][0-9]|7[0-4]|7[69]|8[0-9]|90)[0-9]{3}|(97[1-8]|98[46-8])[0-9]{2}');

CREATE OR REPLACE TEMP MACRO rome_lu(v) AS CASE
    WHEN regexp_full_match(upper(sans_espace(v)), '[A-Z][0-9]{4}') THEN upper(sans_espace(v)) END;
