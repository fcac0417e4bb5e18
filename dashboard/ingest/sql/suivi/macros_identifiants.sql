-- But : reconnaître dans une valeur une adresse électronique, un téléphone français ou un numéro de sécurité sociale.
-- Grain : une valeur ; vrai ou faux. Le NIR compact de 13 chiffres a une règle à part : il ressemble à une référence.
-- Colonnes : sans objet (macros temporaires).
-- Tri rapide : une arobase ou neuf chiffres de suite, séparateurs compris ; seules ces valeurs sont examinées.
-- Quatorze chiffres sans rien d’autre (un SIRET) ne sont ni un téléphone ni un NIR.
CREATE OR REPLACE TEMP MACRO a_examiner(v) AS CASE
    WHEN length(v) = 14 AND regexp_full_match(v, '[0-9]{14}') THEN false
    WHEN contains(v, '@') THEN true
    WHEN length(v) >= 10 THEN regexp_matches(v, '([0-9][ABab ./()\x{00a0}\x{202f}-]*){9}')
    ELSE false END;

CREATE OR REPLACE TEMP MACRO est_courriel(v) AS
    contains(v, '@') AND regexp_matches(v, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}');

CREATE OR REPLACE TEMP MACRO est_telephone_espace(v) AS length(v) >= 14 AND regexp_matches(v,
    '(^|[^0-9])(0|(\+|00)33 ?(\(0\) ?)?)[1-9](([ \x{00a0}\x{202f}][0-9]{2}){4}|(\.[0-9]{2}){4}|(-[0-9]{2}){4}|(/[0-9]{2}){4})($|[^0-9])');

CREATE OR REPLACE TEMP MACRO est_telephone_compact(v) AS length(v) >= 10 AND regexp_matches(v,
    '(^|[^0-9])(0|(\+|00)33)[1-9][0-9]{8}($|[^0-9])');

CREATE OR REPLACE TEMP MACRO est_nir_15(v) AS length(v) >= 15 AND regexp_matches(v,
    '(^|[^0-9])[1-478][ .]?[0-9]{2}[ .]?(0[1-9]|1[0-2]|[2-9][0-9])[ .]?([0-9]{2}|2[ABab])[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{2}($|[^0-9])');

CREATE OR REPLACE TEMP MACRO est_nir_13(v) AS length(v) >= 13 AND regexp_matches(v,
    '(^|[^0-9])[1-478][ .]?[0-9]{2}[ .]?(0[1-9]|1[0-2]|[2-9][0-9])[ .]?([0-9]{2}|2[ABab])[ .]?[0-9]{3}[ .]?[0-9]{3}($|[^0-9])');

CREATE OR REPLACE TEMP MACRO est_date_complete(v) AS
    date_libre(v) IS NOT NULL AND NOT regexp_full_match(v, '[0-9]{4,5}')
    OR regexp_full_match(v, '[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}( .*)?|[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}([ T].*)?');
