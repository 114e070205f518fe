CREATE TABLE "calendar_feed" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_feed_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "calendar_feed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lot_alert" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"programme_code" text NOT NULL,
	"lot_extcode" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"honoured_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "lot_alert" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lot_change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid NOT NULL,
	"extcode" text NOT NULL,
	"programme_code" text NOT NULL,
	"kind" text NOT NULL,
	"before" text,
	"after" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lot_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"params" jsonb NOT NULL,
	"href" text NOT NULL,
	"once_key" text NOT NULL,
	"portal" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp with time zone,
	"push_due_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "notification" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification_choice" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"portal" boolean NOT NULL,
	"mail" boolean NOT NULL,
	"push" boolean NOT NULL,
	CONSTRAINT "notification_choice_account_id_kind_pk" PRIMARY KEY("account_id","kind")
);
--> statement-breakpoint
ALTER TABLE "notification_choice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "push_subscription" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"endpoint_hash" text NOT NULL,
	"sealed" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscription_endpoint_hash_unique" UNIQUE("endpoint_hash")
);
--> statement-breakpoint
ALTER TABLE "push_subscription" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "telling_cursor" (
	"promoter_id" uuid PRIMARY KEY NOT NULL,
	"audit_at" timestamp with time zone NOT NULL,
	"lot_change_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "telling_cursor" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"previous_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
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
CREATE TABLE "reservation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"cabinet_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"denonciation_id" uuid,
	"option_id" uuid,
	"prospect_id" uuid NOT NULL,
	"programme_code" text NOT NULL,
	"lot_extcode" text NOT NULL,
	"state" text NOT NULL,
	"proof" text,
	"operation_id" uuid,
	"code" text,
	"koban_message" text,
	"price_cents" bigint NOT NULL,
	"deposit_cents" bigint NOT NULL,
	"file" jsonb NOT NULL,
	"file_step" text,
	"file_saved_at" timestamp with time zone,
	"file_sent" boolean DEFAULT false NOT NULL,
	"koban_file" jsonb,
	"withdraw_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"preresv_at" timestamp with time zone,
	"validated_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "reservation_reference_unique" UNIQUE("reference")
);
--> statement-breakpoint
ALTER TABLE "reservation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"promoter_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"contact_type" text NOT NULL,
	"lead_guid" text,
	"third_guid" text,
	"last_name" text,
	"first_name" text,
	"email" text,
	"phone" text,
	"mobile" text,
	"tags" text,
	"fields" text,
	"optin" text,
	"comments" text,
	"received_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"handled_by" uuid,
	CONSTRAINT "lead_event_id_unique" UNIQUE("event_id")
);
--> statement-breakpoint
ALTER TABLE "lead" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"promoter_id" uuid NOT NULL,
	"event" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"content_hash" text NOT NULL,
	"fields" jsonb NOT NULL,
	"lot_extcode" text,
	"state" text NOT NULL,
	"code" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"replayed_by" uuid
);
--> statement-breakpoint
ALTER TABLE "webhook_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "judged_by" uuid;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "judgement" text;--> statement-breakpoint
ALTER TABLE "option" ADD COLUMN "prolonged_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "option" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "option" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "locale" text DEFAULT 'fr' NOT NULL;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cabinet_name" text;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cabinet_orias" text;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cgp_next_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "cgp_fault" text;--> statement-breakpoint
ALTER TABLE "convention" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "promoter" ADD COLUMN "webhook_old_sealed" text;--> statement-breakpoint
ALTER TABLE "promoter" ADD COLUMN "webhook_old_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_alert" ADD CONSTRAINT "lot_alert_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_alert" ADD CONSTRAINT "lot_alert_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_alert" ADD CONSTRAINT "lot_alert_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_change" ADD CONSTRAINT "lot_change_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telling_cursor" ADD CONSTRAINT "telling_cursor_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_access" ADD CONSTRAINT "partner_access_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_cabinet_id_cabinet_id_fk" FOREIGN KEY ("cabinet_id") REFERENCES "public"."cabinet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_denonciation_id_denonciation_id_fk" FOREIGN KEY ("denonciation_id") REFERENCES "public"."denonciation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_option_id_option_id_fk" FOREIGN KEY ("option_id") REFERENCES "public"."option"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_promoter_id_prospect_id_prospect_promoter_id_id_fk" FOREIGN KEY ("promoter_id","prospect_id") REFERENCES "public"."prospect"("promoter_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_event_id_webhook_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead" ADD CONSTRAINT "lead_handled_by_account_id_fk" FOREIGN KEY ("handled_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_promoter_id_promoter_id_fk" FOREIGN KEY ("promoter_id") REFERENCES "public"."promoter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_replayed_by_account_id_fk" FOREIGN KEY ("replayed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "lot_alert_once" ON "lot_alert" USING btree ("account_id","promoter_id","lot_extcode","kind") WHERE honoured_at is null;--> statement-breakpoint
CREATE INDEX "lot_alert_lot" ON "lot_alert" USING btree ("promoter_id","lot_extcode");--> statement-breakpoint
CREATE INDEX "lot_change_since" ON "lot_change" USING btree ("promoter_id","at");--> statement-breakpoint
CREATE INDEX "lot_change_lot" ON "lot_change" USING btree ("promoter_id","extcode");--> statement-breakpoint
CREATE UNIQUE INDEX "notification_once" ON "notification" USING btree ("account_id","once_key");--> statement-breakpoint
CREATE INDEX "notification_of" ON "notification" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "notification_push" ON "notification" USING btree ("push_due_at") WHERE push_due_at is not null;--> statement-breakpoint
CREATE INDEX "push_of" ON "push_subscription" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "partner_access_account" ON "partner_access" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "reservation_list" ON "reservation" USING btree ("promoter_id","cabinet_id","created_at");--> statement-breakpoint
CREATE INDEX "reservation_lot" ON "reservation" USING btree ("promoter_id","lot_extcode");--> statement-breakpoint
CREATE INDEX "lead_list" ON "lead" USING btree ("promoter_id","received_at");--> statement-breakpoint
CREATE INDEX "webhook_due" ON "webhook_event" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhook_list" ON "webhook_event" USING btree ("promoter_id","id");--> statement-breakpoint
CREATE INDEX "webhook_same" ON "webhook_event" USING btree ("promoter_id","content_hash","received_at");--> statement-breakpoint
CREATE INDEX "webhook_lot" ON "webhook_event" USING btree ("promoter_id","lot_extcode");--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_judged_by_account_id_fk" FOREIGN KEY ("judged_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_since" ON "audit" USING btree ("promoter_id","at");--> statement-breakpoint
CREATE POLICY "calendar_feed_system" ON "calendar_feed" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lot_alert_tenant" ON "lot_alert" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lot_alert_system" ON "lot_alert" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lot_change_tenant" ON "lot_change" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "lot_change_system" ON "lot_change" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notification_tenant" ON "notification" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "notification_system" ON "notification" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notification_choice_system" ON "notification_choice" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "push_subscription_system" ON "push_subscription" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "telling_cursor_tenant" ON "telling_cursor" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "telling_cursor_system" ON "telling_cursor" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_system" ON "visit" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "partner_access_tenant" ON "partner_access" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "partner_access_system" ON "partner_access" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "reservation_tenant" ON "reservation" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid)) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]) and (nullif(current_setting('parvis.cabinet', true), '') is null or cabinet_id = nullif(current_setting('parvis.cabinet', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "reservation_system" ON "reservation" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lead_tenant" ON "lead" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "lead_system" ON "lead" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "webhook_event_tenant" ON "webhook_event" AS PERMISSIVE FOR ALL TO "parvis_app" USING (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[])) WITH CHECK (promoter_id = any(string_to_array(nullif(current_setting('parvis.promoters', true), ''), ',')::uuid[]));--> statement-breakpoint
CREATE POLICY "webhook_event_system" ON "webhook_event" AS PERMISSIVE FOR ALL TO "parvis_system" USING (true) WITH CHECK (true);