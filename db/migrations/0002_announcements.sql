-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, the checks, and the triggers at the end, which keep the
-- rows append-only, in order and not backdated.
CREATE TABLE `announcement_approvals` (
	`announcement_id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`approved_by` text NOT NULL,
	`authenticated` integer NOT NULL,
	`evidence` text NOT NULL,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `announcement_endings` (
	`announcement_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`kind` IN ('cancelled', 'completed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `announcement_revisions` (
	`announcement_id` text NOT NULL,
	`rev` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`public_at_ms` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`end_ms` integer NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL,
	PRIMARY KEY(`announcement_id`, `rev`),
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`end_ms` > `start_ms` AND `rev` >= 1 AND `public_at_ms` <= `recorded_at_ms`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `announcement_revisions_by_end` ON `announcement_revisions` (`end_ms`);
--> statement-breakpoint
CREATE TABLE `announcements` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`components_json` text NOT NULL,
	`imported` integer NOT NULL,
	`author` text,
	`authenticated` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `announcements_no_update` BEFORE UPDATE ON `announcements` BEGIN SELECT RAISE(ABORT, 'announcements are never edited: write a revision'); END;
--> statement-breakpoint
CREATE TRIGGER `announcements_no_delete` BEFORE DELETE ON `announcements` BEGIN SELECT RAISE(ABORT, 'announcements are never deleted: cancel it'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_revisions_no_update` BEFORE UPDATE ON `announcement_revisions` BEGIN SELECT RAISE(ABORT, 'revisions of an announcement are never edited: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_revisions_no_delete` BEFORE DELETE ON `announcement_revisions` BEGIN SELECT RAISE(ABORT, 'revisions of an announcement are never deleted: write a new one'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_endings_no_update` BEFORE UPDATE ON `announcement_endings` BEGIN SELECT RAISE(ABORT, 'the end of an announcement is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_endings_no_delete` BEFORE DELETE ON `announcement_endings` BEGIN SELECT RAISE(ABORT, 'the end of an announcement is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_approvals_no_update` BEFORE UPDATE ON `announcement_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_approvals_no_delete` BEFORE DELETE ON `announcement_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_revisions_in_order` BEFORE INSERT ON `announcement_revisions`
WHEN NEW.`rev` <> (SELECT count(*) + 1 FROM `announcement_revisions` WHERE `announcement_id` = NEW.`announcement_id`)
	OR EXISTS (SELECT 1 FROM `announcement_revisions` WHERE `announcement_id` = NEW.`announcement_id` AND `recorded_at_ms` > NEW.`recorded_at_ms`)
BEGIN SELECT RAISE(ABORT, 'a revision follows the last one, in number and in time'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_revisions_not_backdated` BEFORE INSERT ON `announcement_revisions`
WHEN NEW.`public_at_ms` <> NEW.`recorded_at_ms` AND NOT EXISTS (SELECT 1 FROM `announcements` WHERE `id` = NEW.`announcement_id` AND `imported` = 1)
BEGIN SELECT RAISE(ABORT, 'only a historic import says itself when it was public'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_revisions_not_after_the_end` BEFORE INSERT ON `announcement_revisions`
WHEN EXISTS (SELECT 1 FROM `announcement_endings` WHERE `announcement_id` = NEW.`announcement_id`)
BEGIN SELECT RAISE(ABORT, 'a cancelled or completed announcement has no further revisions'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_endings_once` BEFORE INSERT ON `announcement_endings`
WHEN EXISTS (SELECT 1 FROM `announcement_endings` WHERE `announcement_id` = NEW.`announcement_id`)
BEGIN SELECT RAISE(ABORT, 'an announcement ends once'); END;
--> statement-breakpoint
CREATE TRIGGER `announcement_approvals_by_another` BEFORE INSERT ON `announcement_approvals`
WHEN NOT EXISTS (SELECT 1 FROM `announcements` WHERE `id` = NEW.`announcement_id` AND `imported` = 1
		AND `author` IS NOT NULL AND lower(trim(`author`)) <> lower(trim(NEW.`approved_by`)))
	OR EXISTS (SELECT 1 FROM `announcement_approvals` WHERE `announcement_id` = NEW.`announcement_id`)
BEGIN SELECT RAISE(ABORT, 'an import is approved once, by another person than the one who made it'); END;
