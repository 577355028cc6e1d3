-- features 0.1.0 for SQLite, sha256:0
-- Every column is text, in the one spelling that the standard gives a value.
-- A blank is NULL. The views NAME_typed hold numbers and booleans as such,
-- and NULL for a missing reason.

PRAGMA foreign_keys = ON;

-- Codes and missing reasons with their labels, to be joined with.
CREATE TABLE "accordant_codes" (
  "list" text NOT NULL,
  "code" text NOT NULL,
  "position" integer NOT NULL,
  "label_en" text,
  "label_fr" text,
  "label_es" text,
  "label_ar" text,
  "retired_since" text,
  "retired_use" text,
  PRIMARY KEY ("list", "code")
);
INSERT INTO "accordant_codes" VALUES
  ('groups.colours', 'red', 1, 'Red', NULL, NULL, NULL, NULL, NULL),
  ('groups.colours', 'green', 2, 'Green', NULL, NULL, NULL, NULL, NULL),
  ('groups.colours', 'blue', 3, 'Blue', NULL, NULL, NULL, NULL, NULL),
  ('groups.colours', 'grey', 4, 'Grey', NULL, NULL, NULL, '0.1.0', 'blue'),
  ('groups.shape', 'round', 1, 'Round', NULL, NULL, NULL, NULL, NULL),
  ('groups.shape', 'square', 2, 'Square', NULL, NULL, NULL, NULL, NULL),
  ('groups.shape', 'other', 3, 'Other', NULL, NULL, NULL, NULL, NULL),
  ('groups.status', 'open', 1, 'Open', NULL, NULL, NULL, NULL, NULL),
  ('groups.status', 'closed', 2, 'Closed', NULL, NULL, NULL, NULL, NULL),
  ('level', 'low', 1, 'Low', NULL, NULL, NULL, NULL, NULL),
  ('level', 'medium', 2, 'Medium', NULL, NULL, NULL, NULL, NULL),
  ('level', 'high', 3, 'High', NULL, NULL, NULL, NULL, NULL),
  ('missing-reason', 'not_recorded', 1, 'Not recorded', NULL, NULL, NULL, NULL, NULL),
  ('missing-reason', 'not_determinable', 2, 'Not determinable', NULL, NULL, NULL, NULL, NULL),
  ('missing-reason', 'withheld', 3, 'Withheld', NULL, NULL, NULL, NULL, NULL);

-- Groups. One row for each group.
CREATE TABLE "groups" (
  "group_ref" text NOT NULL,
  "members" text NOT NULL,
  "files" text NOT NULL,
  "share" text NOT NULL,
  "weight" text,
  "grouped" text NOT NULL,
  "status" text NOT NULL,
  "lowest" text NOT NULL,
  "highest" text NOT NULL,
  "colours" text NOT NULL,
  "shape" text NOT NULL,
  "shape_other" text,
  "received" text NOT NULL,
  "reviewed" text NOT NULL,
  "year" text NOT NULL,
  "day" text,
  "code_name" text,
  "passage" text,
  "letters" text,
  "remarks" text,
  CONSTRAINT "groups_group_ref" CHECK ("group_ref" GLOB '[A-Z][A-Z][A-Z]-[0-9][0-9][0-9][0-9]'),
  CONSTRAINT "groups_members" CHECK ("members" IN ('not_recorded') OR (CAST(CAST("members" AS INTEGER) AS TEXT) = "members" AND length(ltrim("members", '-')) <= 18 AND (CASE WHEN "members" GLOB '*[0-9]' THEN CAST("members" AS INTEGER) END) >= 1 AND (CASE WHEN "members" GLOB '*[0-9]' THEN CAST("members" AS INTEGER) END) <= 50)),
  CONSTRAINT "groups_files" CHECK ("files" IN ('not_recorded') OR (CAST(CAST("files" AS INTEGER) AS TEXT) = "files" AND length(ltrim("files", '-')) <= 18 AND (CASE WHEN "files" GLOB '*[0-9]' THEN CAST("files" AS INTEGER) END) >= 0)),
  CONSTRAINT "groups_share" CHECK ("share" IN ('not_determinable') OR ("share" GLOB '*[0-9]*' AND "share" NOT GLOB '*[^0-9.-]*' AND "share" NOT GLOB '?*-*' AND "share" NOT GLOB '*.*.*' AND "share" NOT GLOB '*.' AND "share" NOT GLOB '.*' AND "share" NOT GLOB '-.*' AND "share" NOT GLOB '0[0-9]*' AND "share" NOT GLOB '-0[0-9]*' AND instr("share" || '.', '.') - 1 - (substr("share", 1, 1) = '-') <= 15 AND ((instr("share", '.') = 0 OR length("share") - instr("share", '.') <= 15)) AND (CASE WHEN "share" GLOB '*[0-9]' THEN CAST("share" AS REAL) END) >= 0 AND (CASE WHEN "share" GLOB '*[0-9]' THEN CAST("share" AS REAL) END) <= 99.5)),
  CONSTRAINT "groups_weight" CHECK ("weight" GLOB '*[0-9]*' AND "weight" NOT GLOB '*[^0-9.-]*' AND "weight" NOT GLOB '?*-*' AND "weight" NOT GLOB '*.*.*' AND "weight" NOT GLOB '*.' AND "weight" NOT GLOB '.*' AND "weight" NOT GLOB '-.*' AND "weight" NOT GLOB '0[0-9]*' AND "weight" NOT GLOB '-0[0-9]*' AND instr("weight" || '.', '.') - 1 - (substr("weight", 1, 1) = '-') <= 15 AND ((instr("weight", '.') = 0 OR length("weight") - instr("weight", '.') <= 15))),
  CONSTRAINT "groups_grouped" CHECK ("grouped" IN ('true', 'false')),
  CONSTRAINT "groups_status" CHECK ("status" IN ('open', 'closed', 'not_recorded')),
  CONSTRAINT "groups_lowest" CHECK ("lowest" IN ('low', 'medium', 'high', 'not_recorded', 'not_determinable')),
  CONSTRAINT "groups_highest" CHECK ("highest" IN ('low', 'medium', 'high', 'not_recorded', 'not_determinable')),
  CONSTRAINT "groups_colours" CHECK ("colours" IN ('not_recorded', 'withheld') OR ("colours" <> '')),
  CONSTRAINT "groups_shape" CHECK ("shape" IN ('round', 'square', 'other', 'not_recorded')),
  CONSTRAINT "groups_shape_other" CHECK (trim("shape_other", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> '' AND lower(trim("shape_other", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279))) NOT IN ('#calc!', '#div/0!', '#field!', '#getting_data', '#n/a', '#name?', '#null!', '#num!', '#ref!', '#spill!', '#value!', '-', '--', '---', '.', '..', '...', '?', '??', '???', '????', 'aucun', 'aucune', 'blank', 'desconocida', 'desconocido', 'empty', 'inconnu', 'inconnue', 'indéterminé', 'indéterminée', 'missing', 'n.a', 'n.a.', 'n.d.', 'n/a', 'n/c', 'n/d', 'n/s', 'na', 'nan', 'nd', 'nil', 'ninguna', 'ninguno', 'no consta', 'no disponible', 'no especificada', 'no especificado', 'no se sabe', 'non disponible', 'non précisé', 'non précisée', 'non renseigné', 'non renseignée', 'none', 'not available', 'not known', 'not provided', 'not specified', 'not stated', 'null', 'néant', 'pendiente', 'pending', 'por completar', 'por confirmar', 'por determinar', 'por especificar', 's.d.', 's/d', 's/o', 'sans objet', 'sin datos', 'sin especificar', 'sin información', 'tba', 'tbc', 'tbd', 'to be completed', 'to be confirmed', 'to be determined', 'todo', 'undefined', 'unk', 'unknown', 'unspecified', 'vacío', 'vide', 'x', 'xx', 'xxx', 'xxxx', 'à compléter', 'à confirmer', 'à déterminer', 'à préciser', 'à venir', 'بانتظار التأكيد', 'غير متاح', 'غير متاحة', 'غير متوفر', 'غير متوفرة', 'غير محدد', 'غير محددة', 'غير معروف', 'غير معروفة', 'فارغ', 'قيد التأكيد', 'لا شيء', 'لا يوجد', 'مجهول', 'مجهولة', 'يحدد لاحقا', 'يحدد لاحقًا') AND length("shape_other") <= 40 AND "shape_other" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  CONSTRAINT "groups_received" CHECK ("received" GLOB '[12][0-9][0-9][0-9]-Q[1-4]' AND "received" >= '2019-Q3'),
  CONSTRAINT "groups_reviewed" CHECK ("reviewed" IN ('not_recorded') OR ("reviewed" GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr("reviewed", 6) BETWEEN '01' AND '12')),
  CONSTRAINT "groups_year" CHECK ("year" GLOB '[12][0-9][0-9][0-9]' AND "year" >= '1990' AND "year" <= '2029'),
  CONSTRAINT "groups_day" CHECK ("day" GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND coalesce(date("day", '+0 days'), '') = "day" AND "day" >= '2015-02-11'),
  CONSTRAINT "groups_code_name" CHECK (trim("code_name", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> ''),
  CONSTRAINT "groups_passage" CHECK (trim("passage", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> '' AND "passage" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  CONSTRAINT "groups_letters" CHECK (trim("letters", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> '' AND "letters" NOT IN ('withheld')),
  CONSTRAINT "groups_remarks" CHECK (trim("remarks", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> '' AND length("remarks") >= 3 AND length("remarks") <= 200 AND "remarks" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  PRIMARY KEY ("group_ref"),
  CONSTRAINT "groups_shape_specified" CHECK (NOT ("shape" = 'other' AND ("shape_other" IS NULL OR "shape_other" IN ('not_recorded', 'not_determinable', 'withheld')))),
  CONSTRAINT "one-member-is-low" CHECK (NOT (("members" IS NOT NULL AND "members" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND (CASE WHEN "members" GLOB '*[0-9]' THEN CAST("members" AS INTEGER) END) = 1 AND "highest" IN ('medium', 'high'))),
  CONSTRAINT "open-is-not-round" CHECK (NOT ("status" = 'open' AND "grouped" = 'true' AND "shape" = 'round')),
  CONSTRAINT "closed-says-why-not-red" CHECK (NOT (("status" = 'closed' OR (("members" IS NOT NULL AND "members" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND (CASE WHEN "members" GLOB '*[0-9]' THEN CAST("members" AS INTEGER) END) > 40)) AND ("lowest" IS NULL OR "lowest" IN ('not_recorded', 'not_determinable', 'withheld') OR (("colours" IS NOT NULL AND "colours" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND instr(';' || "colours" || ';', ';red;') > 0) OR ("share" IS NOT NULL AND "share" NOT IN ('not_recorded', 'not_determinable', 'withheld')) OR "share" IN ('not_recorded', 'withheld')))),
  CONSTRAINT "late-groups" CHECK (NOT (("received" IS NOT NULL AND "received" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "received" >= '2024-Q2' AND ("day" IS NOT NULL AND "day" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "day" < '2020-03-01' AND ("passage" IS NOT NULL AND "passage" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT (substr("passage", 1, 2) = 'L.'))),
  CONSTRAINT "in-part" CHECK (NOT (("files" IS NOT NULL AND "files" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT ((CASE WHEN "files" GLOB '*[0-9]' THEN CAST("files" AS INTEGER) END) = 0) AND NOT ((CASE WHEN "files" GLOB '*[0-9]' THEN CAST("files" AS INTEGER) END) = 5) AND NOT ((CASE WHEN "files" GLOB '*[0-9]' THEN CAST("files" AS INTEGER) END) = 10))),
  CONSTRAINT "levels-in-order" CHECK (NOT (("lowest" IS NOT NULL AND "lowest" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND ("highest" IS NOT NULL AND "highest" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT ((CASE "lowest" WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 2 END) <= (CASE "highest" WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 2 END))))
);
CREATE UNIQUE INDEX "groups_code_name_once" ON "groups" ("code_name") WHERE "code_name" IS NOT NULL;

CREATE VIEW "groups_typed" AS SELECT
  "group_ref" AS "group_ref",
  CASE WHEN "members" GLOB '*[0-9]' THEN CAST("members" AS INTEGER) END AS "members",
  CASE WHEN "files" GLOB '*[0-9]' THEN CAST("files" AS INTEGER) END AS "files",
  CASE WHEN "share" GLOB '*[0-9]' THEN CAST("share" AS REAL) END AS "share",
  CASE WHEN "weight" GLOB '*[0-9]' THEN CAST("weight" AS REAL) END AS "weight",
  CASE "grouped" WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS "grouped",
  CASE WHEN NOT ("status" IN ('not_recorded')) THEN "status" END AS "status",
  CASE WHEN NOT ("lowest" IN ('not_recorded', 'not_determinable')) THEN "lowest" END AS "lowest",
  CASE WHEN NOT ("highest" IN ('not_recorded', 'not_determinable')) THEN "highest" END AS "highest",
  CASE WHEN NOT ("colours" IN ('not_recorded', 'withheld')) THEN "colours" END AS "colours",
  CASE WHEN NOT ("shape" IN ('not_recorded')) THEN "shape" END AS "shape",
  "shape_other" AS "shape_other",
  "received" AS "received",
  CASE WHEN NOT ("reviewed" IN ('not_recorded')) THEN "reviewed" END AS "reviewed",
  "year" AS "year",
  "day" AS "day",
  "code_name" AS "code_name",
  "passage" AS "passage",
  "letters" AS "letters",
  "remarks" AS "remarks"
FROM "groups";
CREATE VIEW "groups_advice" AS
  SELECT "group_ref", 'advice' AS "accordant_rule",
    'A warning is advice' AS "accordant_says"
  FROM "groups" WHERE (("year" IS NOT NULL AND "year" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "year" < '2000' AND ("weight" IS NOT NULL AND "weight" NOT IN ('not_recorded', 'not_determinable', 'withheld')));

-- Items.
CREATE TABLE "items" (
  "item_ref" text NOT NULL,
  "position" text NOT NULL,
  "group_ref" text,
  "level" text NOT NULL,
  CONSTRAINT "items_item_ref" CHECK (trim("item_ref", char(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 5760, 6158, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8204, 8205, 8206, 8207, 8232, 8233, 8234, 8235, 8236, 8237, 8238, 8239, 8287, 8288, 12288, 65279)) <> ''),
  CONSTRAINT "items_position" CHECK ("position" IN ('1', '2', '3', '4', '5', '6', '7', '8', '9')),
  CONSTRAINT "items_group_ref" CHECK ("group_ref" GLOB '[A-Z][A-Z][A-Z]-[0-9][0-9][0-9][0-9]'),
  CONSTRAINT "items_level" CHECK ("level" IN ('low', 'medium', 'high', 'not_recorded')),
  PRIMARY KEY ("item_ref", "position"),
  FOREIGN KEY ("group_ref") REFERENCES "groups" ("group_ref")
);

CREATE VIEW "items_typed" AS SELECT
  "item_ref" AS "item_ref",
  CASE WHEN "position" GLOB '*[0-9]' THEN CAST("position" AS INTEGER) END AS "position",
  "group_ref" AS "group_ref",
  CASE WHEN NOT ("level" IN ('not_recorded')) THEN "level" END AS "level"
FROM "items";
