ALTER TABLE "notification" ADD COLUMN "portal" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "push_due_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "audit_since" ON "audit" USING btree ("promoter_id","at");--> statement-breakpoint
CREATE INDEX "notification_push" ON "notification" USING btree ("push_due_at") WHERE push_due_at is not null;