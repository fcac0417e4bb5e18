-- Purpose: what the DECP and the follow-up say of the contracts, as published, beside the joined table.
-- Grain: one titulaire, one modification, one contract published, one operation.
-- Columns: those of the loaders.
CREATE TABLE titulaire AS SELECT * FROM travail.decp_titulaire ORDER BY uid, rang;
CREATE TABLE modification AS SELECT * FROM travail.decp_modification ORDER BY uid, rang;
CREATE TABLE marche_publie AS SELECT * FROM travail.decp_marche ORDER BY date_notification, uid;
CREATE TABLE operation AS SELECT * FROM travail.suivi_operations ORDER BY operation_id;
