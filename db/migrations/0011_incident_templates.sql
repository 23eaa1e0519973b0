CREATE TABLE `incident_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`name_key` text NOT NULL,
	`name` text NOT NULL,
	`title` text,
	`texts_json` text NOT NULL,
	`author` text,
	`recorded_at_ms` integer NOT NULL,
	`version` integer NOT NULL,
	CHECK (json_valid(`texts_json`) AND `version` > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_templates_name_key_unique` ON `incident_templates` (`name_key`);
