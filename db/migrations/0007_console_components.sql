-- Written by drizzle-kit from db/schema, then by hand: STRICT, the checks, and the triggers at the end, which keep the rows append-only.
CREATE TABLE `applied_configurations` (
	`recorded_at_ms` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`document` text NOT NULL,
	`beside_json` text NOT NULL,
	`author` text,
	CHECK (length(`sha256`) = 64 AND json_valid(`beside_json`))
) STRICT;
--> statement-breakpoint
ALTER TABLE `component_versions` ADD `managed` text DEFAULT 'file' NOT NULL CHECK (`managed` IN ('file', 'console'));--> statement-breakpoint
ALTER TABLE `component_versions` ADD `author` text;--> statement-breakpoint
ALTER TABLE `component_versions` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `component_versions` ADD `paused_by` text;--> statement-breakpoint
ALTER TABLE `component_versions` ADD `paused_until_ms` integer CHECK (`pause_reason` IS NOT NULL OR (`paused_until_ms` IS NULL AND `paused_by` IS NULL));
--> statement-breakpoint
CREATE TRIGGER `applied_configurations_no_update` BEFORE UPDATE ON `applied_configurations` BEGIN SELECT RAISE(ABORT, 'what was applied is never edited: apply another one'); END;
--> statement-breakpoint
CREATE TRIGGER `applied_configurations_no_delete` BEFORE DELETE ON `applied_configurations` BEGIN SELECT RAISE(ABORT, 'what was applied is never deleted: apply another one'); END;
