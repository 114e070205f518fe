-- The tables' owner is bound by row security too (lib/db/migrate.ts forces it again): unbound here, so that every row is filled.
ALTER TABLE "denonciation" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "prospect" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operation" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "denonciation" ADD COLUMN "consent_at" timestamp with time zone;--> statement-breakpoint
UPDATE "denonciation" SET "consent_at" = least("prospect"."consent_at", "denonciation"."filed_at")
  FROM "prospect" WHERE "prospect"."id" = "denonciation"."prospect_id";--> statement-breakpoint
ALTER TABLE "denonciation" ALTER COLUMN "consent_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "asked_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "operation" SET "asked_at" = "created_at";
