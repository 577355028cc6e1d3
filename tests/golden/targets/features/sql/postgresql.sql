-- features 0.1.0 for PostgreSQL, sha256:0
-- Every column is text, in the one spelling that the standard gives a value.
-- A blank is NULL. The views NAME_typed hold numbers and booleans as such,
-- and NULL for a missing reason.

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
  CONSTRAINT "groups_group_ref" CHECK ("group_ref" ~ '^(?:[A-Z]{3}-[0-9]{4})$'),
  CONSTRAINT "groups_members" CHECK ("members" IN ('not_recorded') OR ("members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' AND (CASE WHEN "members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "members"::bigint END) >= 1 AND (CASE WHEN "members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "members"::bigint END) <= 50)),
  CONSTRAINT "groups_files" CHECK ("files" IN ('not_recorded') OR ("files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' AND (CASE WHEN "files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "files"::bigint END) >= 0)),
  CONSTRAINT "groups_share" CHECK ("share" IN ('not_determinable') OR ("share" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$' AND (CASE WHEN "share" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$' THEN "share"::float8 END) >= 0 AND (CASE WHEN "share" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$' THEN "share"::float8 END) <= 99.5)),
  CONSTRAINT "groups_weight" CHECK ("weight" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$'),
  CONSTRAINT "groups_grouped" CHECK ("grouped" IN ('true', 'false')),
  CONSTRAINT "groups_status" CHECK ("status" IN ('open', 'closed', 'not_recorded')),
  CONSTRAINT "groups_lowest" CHECK ("lowest" IN ('low', 'medium', 'high', 'not_recorded', 'not_determinable')),
  CONSTRAINT "groups_highest" CHECK ("highest" IN ('low', 'medium', 'high', 'not_recorded', 'not_determinable')),
  CONSTRAINT "groups_colours" CHECK ("colours" IN ('not_recorded', 'withheld') OR ("colours" ~ '^(?:(?:red|green|blue)(?:;(?:red|green|blue))*)$')),
  CONSTRAINT "groups_shape" CHECK ("shape" IN ('round', 'square', 'other', 'not_recorded')),
  CONSTRAINT "groups_shape_other" CHECK ("shape_other" ~ '[^\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]' AND "shape_other" !~ '^[\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]*(?:#[Cc][Aa][Ll][Cc]!|#[Dd][Ii][Vv]\/0!|#[Ff][Ii][Ee][Ll][Dd]!|#[Gg][Ee][Tt][Tt][Ii][Nn][Gg]_[Dd][Aa][Tt][Aa]|#[Nn]\/[Aa]|#[Nn][Aa][Mm][Ee]\?|#[Nn][Uu][Ll][Ll]!|#[Nn][Uu][Mm]!|#[Rr][Ee][Ff]!|#[Ss][Pp][Ii][Ll][Ll]!|#[Vv][Aa][Ll][Uu][Ee]!|-|--|---|\.|\.\.|\.\.\.|\?|\?\?|\?\?\?|\?\?\?\?|[Aa][Uu][Cc][Uu][Nn]|[Aa][Uu][Cc][Uu][Nn][Ee]|[Bb][Ll][Aa][Nn][Kk\u212a]|[Dd][Ee][Ss][Cc][Oo][Nn][Oo][Cc][Ii][Dd][Aa]|[Dd][Ee][Ss][Cc][Oo][Nn][Oo][Cc][Ii][Dd][Oo]|[Ee][Mm][Pp][Tt][Yy]|[Ii][Nn][Cc][Oo][Nn][Nn][Uu]|[Ii][Nn][Cc][Oo][Nn][Nn][Uu][Ee]|[Ii][Nn][Dd][Éé][Tt][Ee][Rr][Mm][Ii][Nn][Éé]|[Ii][Nn][Dd][Éé][Tt][Ee][Rr][Mm][Ii][Nn][Éé][Ee]|[Mm][Ii][Ss][Ss][Ii][Nn][Gg]|[Nn]\.[Aa]|[Nn]\.[Aa]\.|[Nn]\.[Dd]\.|[Nn]\/[Aa]|[Nn]\/[Cc]|[Nn]\/[Dd]|[Nn]\/[Ss]|[Nn][Aa]|[Nn][Aa][Nn]|[Nn][Dd]|[Nn][Ii][Ll]|[Nn][Ii][Nn][Gg][Uu][Nn][Aa]|[Nn][Ii][Nn][Gg][Uu][Nn][Oo]|[Nn][Oo] [Cc][Oo][Nn][Ss][Tt][Aa]|[Nn][Oo] [Dd][Ii][Ss][Pp][Oo][Nn][Ii][Bb][Ll][Ee]|[Nn][Oo] [Ee][Ss][Pp][Ee][Cc][Ii][Ff][Ii][Cc][Aa][Dd][Aa]|[Nn][Oo] [Ee][Ss][Pp][Ee][Cc][Ii][Ff][Ii][Cc][Aa][Dd][Oo]|[Nn][Oo] [Ss][Ee] [Ss][Aa][Bb][Ee]|[Nn][Oo][Nn] [Dd][Ii][Ss][Pp][Oo][Nn][Ii][Bb][Ll][Ee]|[Nn][Oo][Nn] [Pp][Rr][Éé][Cc][Ii][Ss][Éé]|[Nn][Oo][Nn] [Pp][Rr][Éé][Cc][Ii][Ss][Éé][Ee]|[Nn][Oo][Nn] [Rr][Ee][Nn][Ss][Ee][Ii][Gg][Nn][Éé]|[Nn][Oo][Nn] [Rr][Ee][Nn][Ss][Ee][Ii][Gg][Nn][Éé][Ee]|[Nn][Oo][Nn][Ee]|[Nn][Oo][Tt] [Aa][Vv][Aa][Ii][Ll][Aa][Bb][Ll][Ee]|[Nn][Oo][Tt] [Kk\u212a][Nn][Oo][Ww][Nn]|[Nn][Oo][Tt] [Pp][Rr][Oo][Vv][Ii][Dd][Ee][Dd]|[Nn][Oo][Tt] [Ss][Pp][Ee][Cc][Ii][Ff][Ii][Ee][Dd]|[Nn][Oo][Tt] [Ss][Tt][Aa][Tt][Ee][Dd]|[Nn][Uu][Ll][Ll]|[Nn][Éé][Aa][Nn][Tt]|[Pp][Ee][Nn][Dd][Ii][Ee][Nn][Tt][Ee]|[Pp][Ee][Nn][Dd][Ii][Nn][Gg]|[Pp][Oo][Rr] [Cc][Oo][Mm][Pp][Ll][Ee][Tt][Aa][Rr]|[Pp][Oo][Rr] [Cc][Oo][Nn][Ff][Ii][Rr][Mm][Aa][Rr]|[Pp][Oo][Rr] [Dd][Ee][Tt][Ee][Rr][Mm][Ii][Nn][Aa][Rr]|[Pp][Oo][Rr] [Ee][Ss][Pp][Ee][Cc][Ii][Ff][Ii][Cc][Aa][Rr]|[Ss]\.[Dd]\.|[Ss]\/[Dd]|[Ss]\/[Oo]|[Ss][Aa][Nn][Ss] [Oo][Bb][Jj][Ee][Tt]|[Ss][Ii][Nn] [Dd][Aa][Tt][Oo][Ss]|[Ss][Ii][Nn] [Ee][Ss][Pp][Ee][Cc][Ii][Ff][Ii][Cc][Aa][Rr]|[Ss][Ii][Nn] [Ii][Nn][Ff][Oo][Rr][Mm][Aa][Cc][Ii][Óó][Nn]|[Tt][Bb][Aa]|[Tt][Bb][Cc]|[Tt][Bb][Dd]|[Tt][Oo] [Bb][Ee] [Cc][Oo][Mm][Pp][Ll][Ee][Tt][Ee][Dd]|[Tt][Oo] [Bb][Ee] [Cc][Oo][Nn][Ff][Ii][Rr][Mm][Ee][Dd]|[Tt][Oo] [Bb][Ee] [Dd][Ee][Tt][Ee][Rr][Mm][Ii][Nn][Ee][Dd]|[Tt][Oo][Dd][Oo]|[Uu][Nn][Dd][Ee][Ff][Ii][Nn][Ee][Dd]|[Uu][Nn][Kk\u212a]|[Uu][Nn][Kk\u212a][Nn][Oo][Ww][Nn]|[Uu][Nn][Ss][Pp][Ee][Cc][Ii][Ff][Ii][Ee][Dd]|[Vv][Aa][Cc][Íí][Oo]|[Vv][Ii][Dd][Ee]|[Xx]|[Xx][Xx]|[Xx][Xx][Xx]|[Xx][Xx][Xx][Xx]|[Àà] [Cc][Oo][Mm][Pp][Ll][Éé][Tt][Ee][Rr]|[Àà] [Cc][Oo][Nn][Ff][Ii][Rr][Mm][Ee][Rr]|[Àà] [Dd][Éé][Tt][Ee][Rr][Mm][Ii][Nn][Ee][Rr]|[Àà] [Pp][Rr][Éé][Cc][Ii][Ss][Ee][Rr]|[Àà] [Vv][Ee][Nn][Ii][Rr]|بانتظار التأكيد|غير متاح|غير متاحة|غير متوفر|غير متوفرة|غير محدد|غير محددة|غير معروف|غير معروفة|فارغ|قيد التأكيد|لا شيء|لا يوجد|مجهول|مجهولة|يحدد لاحقا|يحدد لاحقًا)[\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]*$' AND char_length("shape_other") <= 40 AND "shape_other" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  CONSTRAINT "groups_received" CHECK ("received" ~ '^(?:[12][0-9]{3}-Q[1-4])$' AND "received" COLLATE "C" >= '2019-Q3'),
  CONSTRAINT "groups_reviewed" CHECK ("reviewed" IN ('not_recorded') OR ("reviewed" ~ '^(?:[12][0-9]{3}-(?:0[1-9]|1[0-2]))$')),
  CONSTRAINT "groups_year" CHECK ("year" ~ '^(?:[12][0-9]{3})$' AND "year" COLLATE "C" >= '1990' AND "year" COLLATE "C" <= '2029'),
  CONSTRAINT "groups_day" CHECK ("day" ~ '^(?:(?:[12][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)-02-29))$' AND "day" COLLATE "C" >= '2015-02-11'),
  CONSTRAINT "groups_code_name" CHECK ("code_name" ~ '^(?:[0-9]{2}[a-z]+|none)$'),
  CONSTRAINT "groups_passage" CHECK ("passage" ~ '^(?:[^;]+)$' AND "passage" ~ '[^\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]' AND "passage" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  CONSTRAINT "groups_letters" CHECK ("letters" ~ '^(?:[a-z]+(?:-[a-z]+)*)$' AND "letters" NOT IN ('withheld')),
  CONSTRAINT "groups_remarks" CHECK ("remarks" ~ '[^\u0001-\u0020\u007f-\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]' AND char_length("remarks") >= 3 AND char_length("remarks") <= 200 AND "remarks" NOT IN ('not_recorded', 'not_determinable', 'withheld')),
  PRIMARY KEY ("group_ref"),
  CONSTRAINT "groups_shape_specified" CHECK (NOT ("shape" = 'other' AND ("shape_other" IS NULL OR "shape_other" IN ('not_recorded', 'not_determinable', 'withheld')))),
  CONSTRAINT "one-member-is-low" CHECK (NOT (("members" IS NOT NULL AND "members" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND (CASE WHEN "members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "members"::bigint END) = 1 AND "highest" IN ('medium', 'high'))),
  CONSTRAINT "open-is-not-round" CHECK (NOT ("status" = 'open' AND "grouped" = 'true' AND "shape" = 'round')),
  CONSTRAINT "closed-says-why-not-red" CHECK (NOT (("status" = 'closed' OR (("members" IS NOT NULL AND "members" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND (CASE WHEN "members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "members"::bigint END) > 40)) AND ("lowest" IS NULL OR "lowest" IN ('not_recorded', 'not_determinable', 'withheld') OR (("colours" IS NOT NULL AND "colours" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND strpos(';' || "colours" || ';', ';red;') > 0) OR ("share" IS NOT NULL AND "share" NOT IN ('not_recorded', 'not_determinable', 'withheld')) OR "share" IN ('not_recorded', 'withheld')))),
  CONSTRAINT "late-groups" CHECK (NOT (("received" IS NOT NULL AND "received" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "received" COLLATE "C" >= '2024-Q2' AND ("day" IS NOT NULL AND "day" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "day" COLLATE "C" < '2020-03-01' AND ((("code_name" IS NOT NULL AND "code_name" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT ("code_name" ~ '^(?:[0-9]+late)$')) OR (("passage" IS NOT NULL AND "passage" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT (substr("passage", 1, 2) = 'L.'))))),
  CONSTRAINT "in-part" CHECK (NOT (("files" IS NOT NULL AND "files" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT ((CASE WHEN "files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "files"::bigint END) = 0) AND NOT ((CASE WHEN "files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "files"::bigint END) = 5) AND NOT ((CASE WHEN "files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "files"::bigint END) = 10))),
  CONSTRAINT "levels-in-order" CHECK (NOT (("lowest" IS NOT NULL AND "lowest" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND ("highest" IS NOT NULL AND "highest" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND NOT ((CASE "lowest" WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 2 END) <= (CASE "highest" WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 2 END))))
);
CREATE UNIQUE INDEX "groups_code_name_once" ON "groups" ("code_name") WHERE "code_name" IS NOT NULL;

CREATE VIEW "groups_typed" AS SELECT
  "group_ref" AS "group_ref",
  CASE WHEN "members" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "members"::bigint END AS "members",
  CASE WHEN "files" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "files"::bigint END AS "files",
  CASE WHEN "share" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$' THEN "share"::float8 END AS "share",
  CASE WHEN "weight" ~ '^(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)$' THEN "weight"::float8 END AS "weight",
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
  FROM "groups" WHERE (("year" IS NOT NULL AND "year" NOT IN ('not_recorded', 'not_determinable', 'withheld')) AND "year" COLLATE "C" < '2000' AND ("weight" IS NOT NULL AND "weight" NOT IN ('not_recorded', 'not_determinable', 'withheld')));

-- Items.
CREATE TABLE "items" (
  "item_ref" text NOT NULL,
  "position" text NOT NULL,
  "group_ref" text,
  "level" text NOT NULL,
  CONSTRAINT "items_item_ref" CHECK ("item_ref" ~ '^(?:[A-Z]+)$'),
  CONSTRAINT "items_position" CHECK ("position" IN ('1', '2', '3', '4', '5', '6', '7', '8', '9')),
  CONSTRAINT "items_group_ref" CHECK ("group_ref" ~ '^(?:[A-Z]{3}-[0-9]{4})$'),
  CONSTRAINT "items_level" CHECK ("level" IN ('low', 'medium', 'high', 'not_recorded')),
  PRIMARY KEY ("item_ref", "position"),
  FOREIGN KEY ("group_ref") REFERENCES "groups" ("group_ref")
);

CREATE VIEW "items_typed" AS SELECT
  "item_ref" AS "item_ref",
  CASE WHEN "position" ~ '^(?:0|-?[1-9][0-9]{0,17})$' THEN "position"::bigint END AS "position",
  "group_ref" AS "group_ref",
  CASE WHEN NOT ("level" IN ('not_recorded')) THEN "level" END AS "level"
FROM "items";
