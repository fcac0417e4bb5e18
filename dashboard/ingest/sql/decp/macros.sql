-- Purpose: the value rules of DECP cleaning, one macro each; applied by the other files, tested one by one.
-- Grain: one value. « list_transform([x], lambda v: …)[1] » names x once: a macro naming its argument twice doubles the query.
-- Columns: none (scalar macros). NULL in, NULL out.

-- Text without useless spaces; NULL for the ministry's codes of « not usable », « not given », « missing ».
CREATE OR REPLACE TEMP MACRO decp_texte(t) AS nullif(regexp_replace(trim(regexp_replace(t, '[\s\x{00A0}\x{202F}]+', ' ', 'g')),
    '^(CDL|INX|NC|MQ|NULL|NONE|NAN|\[\])$', '', 'i'), '');

CREATE OR REPLACE TEMP MACRO decp_cle(t) AS lower(strip_accents(decp_texte(t)));

CREATE OR REPLACE TEMP MACRO decp_chiffres(t) AS regexp_replace(decp_texte(t), '[^0-9]', '', 'g');

-- « ['a', 'b'] », « a, b » or « a|b » as a list; an empty field is an empty list.
CREATE OR REPLACE TEMP MACRO decp_liste(t) AS list_filter(list_transform(
    regexp_split_to_array(regexp_replace(t, '^\s*\[|\]\s*$', '', 'g'), '\s*[,|]\s*'),
    lambda el: decp_texte(trim(trim(el), '''"'))), lambda el: el IS NOT NULL);

-- Amounts and durations: « 38 800,00 », « 1.234,56 », « 1,234.56 », « 1.0E17 », « 12 € ».
CREATE OR REPLACE TEMP MACRO decp_nombre(t) AS list_transform([regexp_replace(decp_texte(t), '[\s''€]|EUR|euros?', '', 'gi')],
    lambda nb: CASE WHEN regexp_full_match(nb, '[+-]?[0-9.]*,[0-9]+') THEN try_cast(replace(replace(nb, '.', ''), ',', '.') AS DOUBLE)
        WHEN regexp_full_match(nb, '[+-]?[0-9][0-9.,]*([eE][+-]?[0-9]+)?') THEN try_cast(replace(nb, ',', '') AS DOUBLE) END)[1];

-- Accuracy bounds of the ministry's own audit (139bercy/decp-qualite, indicator « Exactitude »).
CREATE OR REPLACE TEMP MACRO decp_montant(nombre) AS list_filter([nombre], lambda x: x BETWEEN 200 AND 999999999)[1];

-- A subcontracting act may be small: the official schema only asks for one euro.
CREATE OR REPLACE TEMP MACRO decp_montant_acte(nombre) AS list_filter([nombre], lambda x: x BETWEEN 1 AND 999999999)[1];

-- Size of a firm as INSEE says it (loi de modernisation de l’économie, décret 2008-1354).
CREATE OR REPLACE TEMP MACRO decp_categorie(t) AS CASE decp_cle(t) WHEN 'pme' THEN 'pme' WHEN 'eti' THEN 'eti' WHEN 'ge' THEN 'ge' END;

-- Months; nothing for zero, negative or over a hundred years.
CREATE OR REPLACE TEMP MACRO decp_duree(nombre) AS list_filter([nombre], lambda x: x > 0 AND x <= 1200)[1];

-- Text brought to AAAA-MM-JJ; the years 0218, 0018 and 218 are read 2018.
CREATE OR REPLACE TEMP MACRO decp_date_iso(t) AS list_transform([decp_texte(t)], lambda dt: CASE
    WHEN regexp_matches(dt, '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[^0-9-])') THEN regexp_replace(left(dt, 10), '^0[02]([0-9]{2})-', '20\1-')
    WHEN regexp_matches(dt, '^2[0-9]{2}-[0-9]{2}-[0-9]{2}($|[^0-9-])') THEN regexp_replace(left(dt, 9), '^2([0-9]{2})-', '20\1-')
    WHEN regexp_matches(dt, '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}($|[^0-9])') THEN
        regexp_replace(strftime(try_strptime(regexp_extract(dt, '^[0-9/]+'), '%d/%m/%Y'), '%Y-%m-%d'), '^0[02]([0-9]{2})-', '20\1-')
    WHEN regexp_full_match(dt, '(19|20)[0-9]{6}') THEN strftime(try_strptime(dt, '%Y%m%d'), '%Y-%m-%d') END)[1];

-- Window 2010 – today + 60 days, outside of which a date is not believed.
CREATE OR REPLACE TEMP MACRO decp_date(t) AS list_transform([try_cast(decp_date_iso(t) AS DATE)], lambda jour:
    CASE WHEN jour BETWEEN DATE '2010-01-01' AND getvariable('decp_aujourdhui')::DATE + 60 THEN jour END)[1];

-- Digits of a CPV code, without its check digit « -2 ».
CREATE OR REPLACE TEMP MACRO decp_cpv_chiffres(t) AS regexp_replace(regexp_replace(decp_texte(t), '-[0-9]?$', ''), '[ .]', '', 'g');

-- Eight digits: check digit cut, leading zero restored (divisions 03 and 09), short codes completed on the right.
CREATE OR REPLACE TEMP MACRO decp_cpv_complet(chiffres) AS list_transform([chiffres], lambda cp: CASE
    WHEN regexp_full_match(cp, '[0-9]{8,9}') THEN left(cp, 8)
    WHEN regexp_full_match(cp, '(3[1-4]|9[1-3])[0-9]{5}') THEN '0' || cp
    WHEN regexp_full_match(cp, '[0-9]{2,7}') THEN rpad(cp, 8, '0') END)[1];

-- A code of one of the 45 divisions of the CPV 2008.
CREATE OR REPLACE TEMP MACRO decp_cpv(t) AS nullif(regexp_extract(decp_cpv_complet(decp_cpv_chiffres(t)),
    '^(03|09|1[45689]|2[24]|3[0-5]|3[789]|4[1-5]|48|5[015]|6[03456]|7[0-3]|7[5679]|80|85|9[028])[0-9]{6}$'), '');

-- Kind of purchase by CPV division: 45 works, 50 to 98 services, the rest supplies.
CREATE OR REPLACE TEMP MACRO decp_type_achat(cpv) AS list_transform([left(cpv, 2)], lambda div: CASE WHEN div = '45' THEN 'travaux'
    WHEN div BETWEEN '50' AND '98' THEN 'services' WHEN div IS NOT NULL THEN 'fournitures' END)[1];

-- A SIRET of 13 digits has lost its leading zero in a spreadsheet.
CREATE OR REPLACE TEMP MACRO decp_siret(t) AS regexp_replace(decp_chiffres(t), '^([0-9]{13})$', '0\1');

-- Luhn key of a SIREN or SIRET; for La Poste (356000000) a sum of digits multiple of 5 is enough.
CREATE OR REPLACE TEMP MACRO decp_luhn(c) AS list_transform([c::VARCHAR], lambda ch: CASE
    WHEN NOT regexp_full_match(ch, '[0-9]{9}|[0-9]{14}') THEN false
    WHEN regexp_full_match(ch, '356000000[0-9]{5}') AND list_sum(string_split(ch, '')::INTEGER[]) % 5 = 0 THEN true
    ELSE list_sum(list_transform(string_split(ch, '')::INTEGER[],
        lambda chiffre, i: CASE WHEN (length(ch) - i) % 2 = 0 THEN chiffre ELSE chiffre * 2 // 10 + chiffre * 2 % 10 END)) % 10 = 0 END)[1];

CREATE OR REPLACE TEMP MACRO decp_numero(t) AS nullif(regexp_replace(decp_texte(t), '[ ,./\\_-]+', '', 'g'), '');

CREATE OR REPLACE TEMP MACRO decp_type_lieu(t) AS CASE regexp_extract(decp_cle(t), 'postal|commune|insee|arrond|canton|depart|region|pays')
    WHEN 'postal' THEN 'code_postal' WHEN 'commune' THEN 'commune' WHEN 'insee' THEN 'commune' WHEN 'arrond' THEN 'arrondissement'
    WHEN 'canton' THEN 'canton' WHEN 'depart' THEN 'departement' WHEN 'region' THEN 'region' WHEN 'pays' THEN 'pays' END;

-- Département of a code « 93 », « 093 », « 930 », « 1 », « 93120 » or « 93027 »; « 971 » stays.
CREATE OR REPLACE TEMP MACRO decp_departement(t) AS list_transform([upper(decp_texte(t))], lambda dp: CASE
    WHEN regexp_full_match(dp, '[0-9]|[0-9]{2}|2[AB]') THEN lpad(dp, 2, '0')
    WHEN regexp_full_match(dp, '(97[1-8]|98[4-8])([0-9]{2})?') THEN left(dp, 3)
    WHEN regexp_full_match(dp, '0[0-9]{2}') THEN right(dp, 2)
    WHEN regexp_full_match(dp, '[0-9]{2}0|[0-9][0-9AB][0-9]{3}') THEN left(dp, 2) END)[1];

-- The four official labels (arrêté du 22/12/2022); « Sans objet » is how decp.info writes the last one.
CREATE OR REPLACE TEMP MACRO decp_sociale(t) AS CASE regexp_extract(decp_cle(t), '^pas de|^sans objet|^aucun|reserve|critere|clause')
    WHEN 'reserve' THEN 'Marché réservé' WHEN 'critere' THEN 'Critère social' WHEN 'clause' THEN 'Clause sociale'
    WHEN 'pas de' THEN 'Pas de considération sociale' WHEN 'sans objet' THEN 'Pas de considération sociale'
    WHEN 'aucun' THEN 'Pas de considération sociale' END;

CREATE OR REPLACE TEMP MACRO decp_environnementale(t) AS CASE regexp_extract(decp_cle(t), '^pas de|^sans objet|^aucun|critere|clause')
    WHEN 'critere' THEN 'Critère environnemental' WHEN 'clause' THEN 'Clause environnementale'
    WHEN 'pas de' THEN 'Pas de considération environnementale' WHEN 'sans objet' THEN 'Pas de considération environnementale'
    WHEN 'aucun' THEN 'Pas de considération environnementale' END;
