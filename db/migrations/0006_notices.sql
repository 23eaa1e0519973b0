-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, the checks, and the trigger at the end: what is sent is
-- frozen when it is queued.
CREATE TABLE `notice_channels` (
	`name` text PRIMARY KEY NOT NULL,
	`added_at_ms` integer NOT NULL,
	`queued_to` integer NOT NULL,
	`last_success_at_ms` integer,
	`failing_since_ms` integer,
	`last_error` text,
	`disabled_at_ms` integer,
	`disabled_why` text,
	CHECK ((`disabled_at_ms` IS NULL) = (`disabled_why` IS NULL) AND (`name` = 'webhook' OR `name` LIKE 'mail:%'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notice_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`outbox_id` integer NOT NULL,
	`channel` text NOT NULL,
	`key` text NOT NULL,
	`type` text NOT NULL,
	`part` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`queued_at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`note` text,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`part` IN ('opens', 'updates', 'closes', 'tells') AND `state` IN ('waiting', 'sending', 'delivered', 'dead', 'dropped')
		AND (`ended_at_ms` IS NULL) = (`state` IN ('waiting', 'sending')) AND (`part` = 'tells' OR `subject` IS NOT NULL) AND `attempts` >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_deliveries_key_unique` ON `notice_deliveries` (`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_delivery_per_channel` ON `notice_deliveries` (`outbox_id`,`channel`);--> statement-breakpoint
CREATE INDEX `deliveries_by_subject` ON `notice_deliveries` (`channel`,`subject`,`id`) WHERE subject IS NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_by_state` ON `notice_deliveries` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_by_type` ON `notice_deliveries` (`type`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_counted` ON `notice_deliveries` (`channel`,`state`,`queued_at_ms`);
--> statement-breakpoint
CREATE TRIGGER `notice_deliveries_frozen` BEFORE UPDATE ON `notice_deliveries`
WHEN NEW.`body` <> OLD.`body` OR NEW.`key` <> OLD.`key` OR NEW.`channel` <> OLD.`channel` OR NEW.`outbox_id` <> OLD.`outbox_id` OR NEW.`subject` IS NOT OLD.`subject`
BEGIN SELECT RAISE(ABORT, 'what is sent is frozen when it is queued'); END;
