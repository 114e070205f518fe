ALTER TABLE "stock_sync" ADD COLUMN "reconcile_fault" text;--> statement-breakpoint
ALTER TABLE "stock_sync" ADD COLUMN "reconcile_gone" integer;--> statement-breakpoint
ALTER TABLE "stock_sync" ADD COLUMN "reconcile_confirmed" integer;