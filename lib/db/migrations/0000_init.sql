CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid,
	"cabinet_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_account" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"facts" jsonb
);
--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "denonciation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"prospect_id" uuid NOT NULL,
	"programme_code" text NOT NULL,
	"wish" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"proof" text,
	"code" text,
	"koban_message" text,
	"koban_reference" text,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "denonciation_operation_id_unique" UNIQUE("operation_id"),
	CONSTRAINT "denonciation_reference_unique" UNIQUE("reference")
);
--> statement-breakpoint
ALTER TABLE "denonciation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "operation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"koban_account" text NOT NULL,
	"form_key" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"programme_code" text NOT NULL,
	"lot_extcode" text,
	"email_key" text,
	"phone_key" text,
	"state" text DEFAULT 'open' NOT NULL,
	"phase" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"data" jsonb NOT NULL,
	"code" text,
	"koban_message" text,
	"read_backs" integer DEFAULT 0 NOT NULL,
	"uncertain_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "operation_form" UNIQUE("promoter_id","account_id","form_key","programme_code")
);
--> statement-breakpoint
ALTER TABLE "operation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "operation_step" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"sent_hash" text,
	"facts" jsonb,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "operation_step" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "option" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"denonciation_id" uuid NOT NULL,
	"prospect_id" uuid NOT NULL,
	"programme_code" text NOT NULL,
	"lot_extcode" text NOT NULL,
	"rank" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"proof" text,
	"placed_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"expiry_from_koban" boolean DEFAULT false NOT NULL,
	"code" text,
	"koban_message" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "option_operation_id_unique" UNIQUE("operation_id")
);
--> statement-breakpoint
ALTER TABLE "option" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prospect" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"extcode" text NOT NULL,
	"koban_guid" text,
	"gender" text,
	"last_name" text NOT NULL,
	"first_name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"consent_at" timestamp with time zone NOT NULL,
	"search" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prospect_extcode" UNIQUE("promoter_id","extcode"),
	CONSTRAINT "prospect_identity" UNIQUE("promoter_id","cabinet_id","email","last_name","first_name","phone"),
	CONSTRAINT "prospect_tenant" UNIQUE("promoter_id","id")
);
--> statement-breakpoint
ALTER TABLE "prospect" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"cabinet_id" uuid,
	"promoter_id" uuid,
	"password_hash" text,
	"session_version" integer DEFAULT 1 NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_email_unique" UNIQUE("email"),
	CONSTRAINT "account_belongs" CHECK (("account"."role" in ('adviser', 'manager') and "account"."cabinet_id" is not null and "account"."promoter_id" is null)
        or ("account"."role" = 'staff' and "account"."promoter_id" is not null and "account"."cabinet_id" is null)
        or ("account"."role" = 'operator' and "account"."cabinet_id" is null and "account"."promoter_id" is null))
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"purpose" text NOT NULL,
	"account_id" uuid,
	"promoter_id" uuid,
	"secret_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_link_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "account_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cabinet" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"siren" text,
	"orias" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cabinet_siren_unique" UNIQUE("siren")
);
--> statement-breakpoint
ALTER TABLE "cabinet" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ended_session" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ended_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "form_draft" (
	"account_id" uuid NOT NULL,
	"form" text NOT NULL,
	"values" jsonb NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_draft_account_id_form_pk" PRIMARY KEY("account_id","form")
);
--> statement-breakpoint
ALTER TABLE "form_draft" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mail" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"meta" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "mail" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"window_start" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "rate_limit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "convention" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"all_programmes" boolean NOT NULL,
	"koban_guid" text,
	"max_options" integer,
	"valid_from" date,
	"valid_until" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "convention_once" UNIQUE("promoter_id","cabinet_id")
);
--> statement-breakpoint
ALTER TABLE "convention" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "convention_programme" (
	"convention_id" uuid NOT NULL,
	"promoter_id" uuid NOT NULL,
	"programme_code" text NOT NULL,
	CONSTRAINT "convention_programme_convention_id_programme_code_pk" PRIMARY KEY("convention_id","programme_code")
);
--> statement-breakpoint
ALTER TABLE "convention_programme" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "promoter" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"koban_url" text NOT NULL,
	"koban_keys_sealed" text NOT NULL,
	"koban_account" text NOT NULL,
	"webhook_token" text NOT NULL,
	"webhook_secret_sealed" text NOT NULL,
	"settings" jsonb NOT NULL,
	"stock_version" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promoter_slug_unique" UNIQUE("slug"),
	CONSTRAINT "promoter_webhook_token_unique" UNIQUE("webhook_token")
);
--> statement-breakpoint
ALTER TABLE "promoter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lot" (
	"promoter_id" uuid NOT NULL,
	"extcode" text NOT NULL,
	"actable" boolean NOT NULL,
	"guid" text,
	"label" text NOT NULL,
	"description" text,
	"programme_code" text NOT NULL,
	"status_code" text NOT NULL,
	"status_label" text,
	"result" text,
	"price_cents" bigint,
	"rooms" integer,
	"typology" text,
	"floor" integer,
	"floor_label" text,
	"secondary" boolean NOT NULL,
	"principal_guid" text,
	"fields" jsonb NOT NULL,
	"option_rank" integer,
	"rank1_ends_at" timestamp with time zone,
	"option_seen_at" timestamp with time zone,
	"koban_updated_at" timestamp with time zone,
	"content_hash" text NOT NULL,
	"version" bigint NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "lot_promoter_id_extcode_pk" PRIMARY KEY("promoter_id","extcode")
);
--> statement-breakpoint
ALTER TABLE "lot" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "programme" (
	"promoter_id" uuid NOT NULL,
	"code" text NOT NULL,
	"guid" text,
	"label" text NOT NULL,
	"regroup" text,
	"active" boolean NOT NULL,
	"steps" jsonb NOT NULL,
	"fields" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"version" bigint NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "programme_promoter_id_code_pk" PRIMARY KEY("promoter_id","code")
);
--> statement-breakpoint
ALTER TABLE "programme" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stock_sync" (
	"promoter_id" uuid PRIMARY KEY NOT NULL,
	"phase" text DEFAULT 'waiting' NOT NULL,
	"watermark" timestamp with time zone,
	"full_done_at" timestamp with time zone,
	"reconciled_at" timestamp with time zone,
	"progress_done" integer DEFAULT 0 NOT NULL,
	"progress_total" integer,
	"last_attempt_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone,
	"last_fault" text,
	"lease_until" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "stock_sync" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_actor_account_account_id_fk" FOREIGN KEY ("actor_account") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "denonciation" ADD CONSTRAINT "denonciation_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "denonciation" ADD CONSTRAINT "denonciation_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "denonciation" ADD CONSTRAINT "denonciation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "denonciation" ADD CONSTRAINT "denonciation_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "denonciation" ADD CONSTRAINT "denonciation_promoter_id_prospect_id_prospect_promoter_id_id_fk" FOREIGN KEY ("promoter_id","prospect_id") REFERENCES "public"."prospect"("promoter_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_step" ADD CONSTRAINT "operation_step_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_step" ADD CONSTRAINT "operation_step_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_step" ADD CONSTRAINT "operation_step_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_denonciation_id_denonciation_id_fk" FOREIGN KEY ("denonciation_id") REFERENCES "public"."denonciation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "option" ADD CONSTRAINT "option_promoter_id_prospect_id_prospect_promoter_id_id_fk" FOREIGN KEY ("promoter_id","prospect_id") REFERENCES "public"."prospect"("promoter_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospect" ADD CONSTRAINT "prospect_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospect" ADD CONSTRAINT "prospect_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospect" ADD CONSTRAINT "prospect_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ended_session" ADD CONSTRAINT "ended_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_draft" ADD CONSTRAINT "form_draft_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convention" ADD CONSTRAINT "convention_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convention" ADD CONSTRAINT "convention_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convention_programme" ADD CONSTRAINT "convention_programme_convention_id_convention_id_fk" FOREIGN KEY ("convention_id") REFERENCES "public"."convention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "convention_programme" ADD CONSTRAINT "convention_programme_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot" ADD CONSTRAINT "lot_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme" ADD CONSTRAINT "programme_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_sync" ADD CONSTRAINT "stock_sync_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("promoter_id","subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "denonciation_list" ON "denonciation" USING btree ("promoter_id","cabinet_id","filed_at");--> statement-breakpoint
CREATE INDEX "denonciation_prospect" ON "denonciation" USING btree ("promoter_id","prospect_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_one_per_lot" ON "operation" USING btree ("koban_account","lot_extcode") WHERE state in ('open', 'uncertain') and lot_extcode is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "operation_one_per_email" ON "operation" USING btree ("koban_account","programme_code","email_key") WHERE state in ('open', 'uncertain') and email_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "operation_one_per_phone" ON "operation" USING btree ("koban_account","programme_code","phone_key") WHERE state in ('open', 'uncertain') and phone_key is not null;--> statement-breakpoint
CREATE INDEX "operation_due" ON "operation" USING btree ("next_check_at") WHERE state in ('open', 'uncertain');--> statement-breakpoint
CREATE INDEX "operation_step_of" ON "operation_step" USING btree ("operation_id","id");--> statement-breakpoint
CREATE INDEX "option_lot" ON "option" USING btree ("promoter_id","lot_extcode");--> statement-breakpoint
CREATE INDEX "option_prospect" ON "option" USING btree ("promoter_id","prospect_id");--> statement-breakpoint
CREATE INDEX "option_list" ON "option" USING btree ("promoter_id","cabinet_id","expires_at");--> statement-breakpoint
CREATE INDEX "account_cabinet" ON "account" USING btree ("cabinet_id");--> statement-breakpoint
CREATE INDEX "ended_session_account" ON "ended_session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mail_state" ON "mail" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "convention_cabinet" ON "convention" USING btree ("cabinet_id");--> statement-breakpoint
CREATE INDEX "lot_version" ON "lot" USING btree ("promoter_id","version");--> statement-breakpoint
CREATE INDEX "lot_programme" ON "lot" USING btree ("promoter_id","programme_code");--> statement-breakpoint
CREATE INDEX "lot_guid" ON "lot" USING btree ("promoter_id","guid");--> statement-breakpoint
CREATE POLICY "audit_tenant" ON "audit" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "audit_system" ON "audit" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "denonciation_tenant" ON "denonciation" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "denonciation_system" ON "denonciation" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "operation_tenant" ON "operation" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "operation_system" ON "operation" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "operation_step_tenant" ON "operation_step" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "operation_step_system" ON "operation_step" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "option_tenant" ON "option" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "option_system" ON "option" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "prospect_tenant" ON "prospect" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "prospect_system" ON "prospect" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "account_read" ON "account" AS PERMISSIVE FOR SELECT TO "parvis_app" USING (true);--> statement-breakpoint
CREATE POLICY "account_system" ON "account" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "account_link_system" ON "account_link" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "cabinet_read" ON "cabinet" AS PERMISSIVE FOR SELECT TO "parvis_app" USING (true);--> statement-breakpoint
CREATE POLICY "cabinet_system" ON "cabinet" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "ended_session_system" ON "ended_session" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "form_draft_system" ON "form_draft" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "mail_system" ON "mail" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "rate_limit_system" ON "rate_limit" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "convention_tenant" ON "convention" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "convention_system" ON "convention" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "convention_programme_tenant" ON "convention_programme" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "convention_programme_system" ON "convention_programme" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "promoter_tenant" ON "promoter" AS PERMISSIVE FOR ALL TO "parvis_app" USING (id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "promoter_system" ON "promoter" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lot_tenant" ON "lot" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "lot_system" ON "lot" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "programme_tenant" ON "programme" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "programme_system" ON "programme" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "stock_sync_tenant" ON "stock_sync" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "stock_sync_system" ON "stock_sync" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);