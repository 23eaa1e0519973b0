CREATE TABLE `release_emergencies` (
	`id` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `release_emergencies_by_version` ON `release_emergencies` (`version`);
--> statement-breakpoint
CREATE TABLE `release_emergency_approvals` (
	`emergency_id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`approved_by` text NOT NULL,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`emergency_id`) REFERENCES `release_emergencies`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `incident_updates` ADD `authenticated` integer DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE TRIGGER `release_emergencies_no_update` BEFORE UPDATE ON `release_emergencies` BEGIN SELECT RAISE(ABORT, 'what was asked for is never edited: ask again'); END;
--> statement-breakpoint
CREATE TRIGGER `release_emergencies_no_delete` BEFORE DELETE ON `release_emergencies` BEGIN SELECT RAISE(ABORT, 'what was asked for is never edited: ask again'); END;
--> statement-breakpoint
CREATE TRIGGER `release_emergency_approvals_no_update` BEFORE UPDATE ON `release_emergency_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `release_emergency_approvals_no_delete` BEFORE DELETE ON `release_emergency_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
