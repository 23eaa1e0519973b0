-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, the checks, and the triggers at the end, which keep the
-- rows append-only, in order and not backdated.
CREATE TABLE `incident_update_impacts` (
	`update_id` text NOT NULL,
	`component_id` integer NOT NULL,
	`impact` text NOT NULL,
	PRIMARY KEY(`update_id`, `component_id`),
	FOREIGN KEY (`update_id`) REFERENCES `incident_updates`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`component_id`) REFERENCES `components`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`impact` IN ('none', 'degraded', 'partial_outage', 'major_outage'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `release_deployments` (
	`version` text NOT NULL,
	`seq` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`deployed_at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`announcement_id` text,
	`reason` text,
	`approved_by` text,
	`author` text,
	`authenticated` integer NOT NULL,
	PRIMARY KEY(`version`, `seq`),
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`kind` IN ('deploy', 'rollback') AND `place` IN ('inside', 'outside_window') AND `deployed_at_ms` <= `recorded_at_ms` AND (`reason` IS NULL) = (`approved_by` IS NULL) AND `seq` >= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `release_deployments_by_time` ON `release_deployments` (`deployed_at_ms`);--> statement-breakpoint
CREATE TABLE `release_notes` (
	`version` text NOT NULL,
	`rev` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`notes_md` text NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	PRIMARY KEY(`version`, `rev`),
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action,
	CHECK (`rev` >= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `release_plans` (
	`version` text NOT NULL,
	`seq` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`announcement_id` text,
	`planned_at_ms` integer,
	`author` text,
	`authenticated` integer NOT NULL,
	PRIMARY KEY(`version`, `seq`),
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`seq` >= 1 AND (`planned_at_ms` IS NULL OR `announcement_id` IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `release_plans_by_announcement` ON `release_plans` (`announcement_id`);--> statement-breakpoint
CREATE TABLE `release_publications` (
	`version` text NOT NULL,
	`rev` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`public_at_ms` integer NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	PRIMARY KEY(`version`, `rev`),
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version`, `rev`) REFERENCES `release_notes`(`version`, `rev`) ON UPDATE no action ON DELETE no action,
	CHECK (`public_at_ms` >= `recorded_at_ms`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `release_tests` (
	`version` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`tested_at_ms` integer NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `releases`(`version`) ON UPDATE no action ON DELETE no action,
	CHECK (`tested_at_ms` <= `recorded_at_ms`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `releases` (
	`version` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`tickets_json` text NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	CHECK (`kind` IN ('standard', 'hotfix', 'emergency'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `incident_updates` ADD `title` text;
--> statement-breakpoint
CREATE TRIGGER `incident_update_impacts_no_update` BEFORE UPDATE ON `incident_update_impacts` BEGIN SELECT RAISE(ABORT, 'what an update says is never edited: write a new update'); END;
--> statement-breakpoint
CREATE TRIGGER `incident_update_impacts_no_delete` BEFORE DELETE ON `incident_update_impacts` BEGIN SELECT RAISE(ABORT, 'what an update says is never edited: write a new update'); END;
--> statement-breakpoint
CREATE TRIGGER `release_deployments_no_update` BEFORE UPDATE ON `release_deployments` BEGIN SELECT RAISE(ABORT, 'deployments are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `release_deployments_no_delete` BEFORE DELETE ON `release_deployments` BEGIN SELECT RAISE(ABORT, 'deployments are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `release_notes_no_update` BEFORE UPDATE ON `release_notes` BEGIN SELECT RAISE(ABORT, 'revisions of notes are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `release_notes_no_delete` BEFORE DELETE ON `release_notes` BEGIN SELECT RAISE(ABORT, 'revisions of notes are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `release_plans_no_update` BEFORE UPDATE ON `release_plans` BEGIN SELECT RAISE(ABORT, 'plans of a release are never edited: plan it again'); END;
--> statement-breakpoint
CREATE TRIGGER `release_plans_no_delete` BEFORE DELETE ON `release_plans` BEGIN SELECT RAISE(ABORT, 'plans of a release are never edited: plan it again'); END;
--> statement-breakpoint
CREATE TRIGGER `release_publications_no_update` BEFORE UPDATE ON `release_publications` BEGIN SELECT RAISE(ABORT, 'publications are never edited: publish a new revision'); END;
--> statement-breakpoint
CREATE TRIGGER `release_publications_no_delete` BEFORE DELETE ON `release_publications` BEGIN SELECT RAISE(ABORT, 'publications are never edited: publish a new revision'); END;
--> statement-breakpoint
CREATE TRIGGER `release_tests_no_update` BEFORE UPDATE ON `release_tests` BEGIN SELECT RAISE(ABORT, 'that a release was tested is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `release_tests_no_delete` BEFORE DELETE ON `release_tests` BEGIN SELECT RAISE(ABORT, 'that a release was tested is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `releases_no_update` BEFORE UPDATE ON `releases` BEGIN SELECT RAISE(ABORT, 'releases are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `releases_no_delete` BEFORE DELETE ON `releases` BEGIN SELECT RAISE(ABORT, 'releases are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `release_notes_in_order` BEFORE INSERT ON `release_notes`
WHEN NEW.`rev` <> (SELECT count(*) + 1 FROM `release_notes` WHERE `version` = NEW.`version`)
	OR NEW.`recorded_at_ms` < coalesce((SELECT max(`recorded_at_ms`) FROM `release_notes` WHERE `version` = NEW.`version`), 0)
BEGIN SELECT RAISE(ABORT, 'a row of a release follows the last one, in number and in time'); END;
--> statement-breakpoint
CREATE TRIGGER `release_plans_in_order` BEFORE INSERT ON `release_plans`
WHEN NEW.`seq` <> (SELECT count(*) + 1 FROM `release_plans` WHERE `version` = NEW.`version`)
	OR NEW.`recorded_at_ms` < coalesce((SELECT max(`recorded_at_ms`) FROM `release_plans` WHERE `version` = NEW.`version`), 0)
BEGIN SELECT RAISE(ABORT, 'a row of a release follows the last one, in number and in time'); END;
--> statement-breakpoint
CREATE TRIGGER `release_deployments_in_order` BEFORE INSERT ON `release_deployments`
WHEN NEW.`seq` <> (SELECT count(*) + 1 FROM `release_deployments` WHERE `version` = NEW.`version`)
	OR NEW.`recorded_at_ms` < coalesce((SELECT max(`recorded_at_ms`) FROM `release_deployments` WHERE `version` = NEW.`version`), 0)
BEGIN SELECT RAISE(ABORT, 'a row of a release follows the last one, in number and in time'); END;
--> statement-breakpoint
CREATE TRIGGER `release_publications_in_order` BEFORE INSERT ON `release_publications`
WHEN NEW.`rev` <= coalesce((SELECT max(`rev`) FROM `release_publications` WHERE `version` = NEW.`version`), 0)
	OR NEW.`public_at_ms` < coalesce((SELECT max(`public_at_ms`) FROM `release_publications` WHERE `version` = NEW.`version`), 0)
BEGIN SELECT RAISE(ABORT, 'a revision is published after the one before it'); END;
