CREATE TABLE "partner_access" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid,
	"email" text,
	"name" text,
	"role" text,
	"state" text NOT NULL,
	"invited_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_access_once" UNIQUE("promoter_id","account_id"),
	CONSTRAINT "partner_access_address" UNIQUE("promoter_id","email")
);
--> statement-breakpoint
ALTER TABLE "partner_access" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cabinet_name" text;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cabinet_orias" text;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cgp_next_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cgp_fault" text;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "partner_access_account" ON "partner_access" USING btree ("account_id");--> statement-breakpoint
CREATE POLICY "partner_access_tenant" ON "partner_access" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "partner_access_system" ON "partner_access" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);