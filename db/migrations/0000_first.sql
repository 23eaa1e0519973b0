-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, and the append-only triggers at the end.
CREATE TABLE `component_versions` (
	`component_id` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`group_name` text,
	`critical` integer NOT NULL,
	`position` integer NOT NULL,
	`quorum` integer NOT NULL,
	`definition_json` text NOT NULL,
	`interval_ms` integer NOT NULL,
	`timeout_ms` integer NOT NULL,
	`hold_ms` integer NOT NULL,
	`confirmations` integer NOT NULL,
	`degraded_ms` integer NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`component_id`, `recorded_at_ms`),
	FOREIGN KEY (`component_id`) REFERENCES `components`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `components` (
	`id` integer PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `components_slug_unique` ON `components` (`slug`);--> statement-breakpoint
CREATE TABLE `location_versions` (
	`location_id` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`name` text NOT NULL,
	`local` integer NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`location_id`, `recorded_at_ms`),
	FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `locations` (
	`id` integer PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `locations_slug_unique` ON `locations` (`slug`);--> statement-breakpoint
CREATE TABLE `settings_versions` (
	`recorded_at_ms` integer PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`source` text,
	`settings_json` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `check_packs` (
	`component_id` integer NOT NULL,
	`location_id` integer NOT NULL,
	`day` integer NOT NULL,
	`count` integer NOT NULL,
	`core` blob NOT NULL,
	`phases` blob,
	PRIMARY KEY(`component_id`, `location_id`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `checks` (
	`c` integer NOT NULL,
	`l` integer NOT NULL,
	`at` integer NOT NULL,
	`lag` integer NOT NULL,
	`took` integer NOT NULL,
	`delay` integer NOT NULL,
	`o` integer NOT NULL,
	`r` integer NOT NULL,
	`k` integer,
	`s` integer,
	`u` integer,
	`p` blob,
	`d` text,
	PRIMARY KEY(`c`, `l`, `at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `daily` (
	`component_id` integer NOT NULL,
	`location_id` integer NOT NULL,
	`day` integer NOT NULL,
	`ok` integer NOT NULL,
	`slow` integer NOT NULL,
	`fail` integer NOT NULL,
	`error` integer NOT NULL,
	`up_ms` integer NOT NULL,
	`down_ms` integer NOT NULL,
	`unknown_ms` integer NOT NULL,
	`blips` integer NOT NULL,
	`blip_ms` integer NOT NULL,
	`strict_up_ms` integer NOT NULL,
	`strict_down_ms` integer NOT NULL,
	`strict_unknown_ms` integer NOT NULL,
	`slow_ms` integer NOT NULL,
	`latency_json` text NOT NULL,
	PRIMARY KEY(`component_id`, `location_id`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `spans` (
	`component_id` integer NOT NULL,
	`location_id` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`end_ms` integer,
	`lenient` text NOT NULL,
	`strict` text NOT NULL,
	`slow` integer NOT NULL,
	PRIMARY KEY(`component_id`, `location_id`, `start_ms`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_span` ON `spans` (`component_id`,`location_id`) WHERE end_ms IS NULL;--> statement-breakpoint
CREATE INDEX `spans_by_end` ON `spans` (`end_ms`);--> statement-breakpoint
CREATE TABLE `worker_runs` (
	`location_id` integer NOT NULL,
	`started_at_ms` integer NOT NULL,
	`last_beat_at_ms` integer NOT NULL,
	PRIMARY KEY(`location_id`, `started_at_ms`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`detail_json` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`recorded_at_ms`);--> statement-breakpoint
CREATE TABLE `incident_components` (
	`incident_id` text NOT NULL,
	`component_id` integer NOT NULL,
	`impact` text NOT NULL,
	PRIMARY KEY(`incident_id`, `component_id`),
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`component_id`) REFERENCES `components`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `incident_updates` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`display_at_ms` integer NOT NULL,
	`status` text NOT NULL,
	`body` text NOT NULL,
	`author` text,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `incident_updates_by_incident` ON `incident_updates` (`incident_id`,`display_at_ms`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`component_id` integer,
	`title` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`confirmed_at_ms` integer NOT NULL,
	`resolved_at_ms` integer,
	`recorded_at_ms` integer NOT NULL,
	FOREIGN KEY (`component_id`) REFERENCES `components`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_incident` ON `incidents` (`component_id`) WHERE resolved_at_ms IS NULL AND component_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `incidents_by_resolution` ON `incidents` (`resolved_at_ms`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`type` text NOT NULL,
	`payload_json` text NOT NULL,
	`recorded_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);
--> statement-breakpoint
CREATE TRIGGER `component_versions_no_update` BEFORE UPDATE ON `component_versions` BEGIN SELECT RAISE(ABORT, 'versions of a component are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `component_versions_no_delete` BEFORE DELETE ON `component_versions` BEGIN SELECT RAISE(ABORT, 'versions of a component are never deleted: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `location_versions_no_update` BEFORE UPDATE ON `location_versions` BEGIN SELECT RAISE(ABORT, 'versions of a location are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `location_versions_no_delete` BEFORE DELETE ON `location_versions` BEGIN SELECT RAISE(ABORT, 'versions of a location are never deleted: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `settings_versions_no_update` BEFORE UPDATE ON `settings_versions` BEGIN SELECT RAISE(ABORT, 'versions of the settings are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `settings_versions_no_delete` BEFORE DELETE ON `settings_versions` BEGIN SELECT RAISE(ABORT, 'versions of the settings are never deleted: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `incident_updates_no_update` BEFORE UPDATE ON `incident_updates` BEGIN SELECT RAISE(ABORT, 'updates of an incident are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `incident_updates_no_delete` BEFORE DELETE ON `incident_updates` BEGIN SELECT RAISE(ABORT, 'updates of an incident are never deleted: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `components_no_delete` BEFORE DELETE ON `components` BEGIN SELECT RAISE(ABORT, 'components are never deleted: write a version with removed = 1'); END;
--> statement-breakpoint
CREATE TRIGGER `locations_no_delete` BEFORE DELETE ON `locations` BEGIN SELECT RAISE(ABORT, 'locations are never deleted: write a version with removed = 1'); END;
--> statement-breakpoint
CREATE TRIGGER `incidents_no_delete` BEFORE DELETE ON `incidents` BEGIN SELECT RAISE(ABORT, 'incidents are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `events_no_update` BEFORE UPDATE ON `events` BEGIN SELECT RAISE(ABORT, 'events are never edited'); END;
